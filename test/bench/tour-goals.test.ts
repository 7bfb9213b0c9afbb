import { expect, it } from "vitest";
import { tourGoal, tourLine, tourTimes, withTour } from "../../hack/bench/tour-goals.ts";

const step = (name: string, applySeconds: number, more: object = {}): object => ({
  scenario: "lesson",
  step: name,
  status: "passed",
  applySeconds,
  proofSeconds: 2,
  waitSeconds: 0,
  ...more,
});

const text = JSON.stringify({
  steps: [
    step("a", 3),
    step("b", 8),
    step("c", 4),
    step("waits", 90, { waitSeconds: 60 }),
    step("failed", 70, { status: "failed" }),
  ],
  summary: { seconds: 200.4, passed: 4 },
});

it("takes median and worst of the switches that passed and do not wait by nature", () => {
  const times = tourTimes(text, "tour.json");
  expect(times).toEqual({
    switches: 3,
    medianSwitch: 6,
    worstSwitch: 10,
    worst: "lesson/b",
    whole: 200.4,
  });
  expect(tourLine(times)).toBe(
    "tour: 3 switches until proven, median 6.0 s, slowest 10.0 s (lesson/b); 200 s in all",
  );
});

it("judges the median, and says where the time goes when it is missed", () => {
  const times = tourTimes(text, "tour.json");
  expect(tourGoal(times)).toMatchObject({ goal: 10, measured: 6, met: true, timeGoesTo: [] });
  expect(tourGoal({ ...times, medianSwitch: 10.1 })).toMatchObject({
    met: false,
    timeGoesTo: ["3 switches; the slowest, lesson/b, took 10 s; the whole tour 200.4 s"],
  });
});

it("adds them to the benchmark's results", () => {
  const machine = { cpus: 2, memoryGiB: 8, engine: "docker", load: 0, supply: "official" };
  const report = { machine, runs: 1, samples: {}, medians: {}, ratios: {}, goals: [] };
  const times = tourTimes(text, "tour.json");
  expect(withTour(report, undefined)).toBe(report);
  expect(withTour(report, times)).toEqual({ ...report, goals: [tourGoal(times)], tour: times });
});

it.each([
  ["{", "--tour t.json is not the result of a tour: npm run tour -- --json t.json writes one"],
  ['{"steps":[],"summary":{"seconds":1}}', "--tour t.json: no step of it passed"],
])("refuses %s", (given, message) => {
  expect(() => tourTimes(given, "t.json")).toThrow(message);
});
