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

it("takes the median of what passed and does not wait by nature, and the worst of all that passed", () => {
  const times = tourTimes(text, "tour.json");
  expect(times).toEqual({
    switches: 3,
    medianSwitch: 6,
    worstSwitch: 92,
    worst: "lesson/waits",
    worstWaits: 60,
    whole: 200.4,
  });
  expect(tourLine(times)).toBe(
    "tour: 3 switches until proven, median 6.0 s, slowest 92.0 s (lesson/waits, which waits 60 s by nature); 200 s in all",
  );
  const prompt = JSON.stringify({ steps: [step("a", 3), step("b", 8)], summary: { seconds: 20 } });
  expect(tourTimes(prompt, "tour.json")).toMatchObject({
    worstSwitch: 10,
    worst: "lesson/b",
    worstWaits: 0,
  });
});

it("judges the median, and says where the time goes when it is missed", () => {
  const times = tourTimes(text, "tour.json");
  expect(tourGoal(times)).toMatchObject({ goal: 10, measured: 6, met: true, timeGoesTo: [] });
  expect(tourGoal({ ...times, medianSwitch: 10.1 })).toMatchObject({
    met: false,
    timeGoesTo: [
      "3 switches; slowest 92.0 s (lesson/waits, which waits 60 s by nature); the whole tour 200.4 s",
    ],
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
  [
    JSON.stringify({ steps: [step("waits", 90, { waitSeconds: 60 })], summary: { seconds: 1 } }),
    "--tour t.json: every step of it that passed waits by nature",
  ],
])("refuses %s", (given, message) => {
  expect(() => tourTimes(given, "t.json")).toThrow(message);
});
