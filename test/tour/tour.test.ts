import { describe, expect, it } from "vitest";
import { UserError } from "../../hack/toolchain/phase.ts";
import { planTour, runTour, tourLine } from "../../hack/tour/run-tour.ts";
import type { TourReport } from "../../hack/tour/tour-report.ts";
import { fakeNotes, fakeTourLab, row, scenarioOf, silent, threeSteps } from "./fake-tour.ts";
import type { Faults } from "./fake-tour.ts";

const all = { scenario: [], step: [], resume: false } as const;
const rules = { before: true, preview: true, disrupt: true, hold: 0 } as const;
const now = new Date("2026-11-21T12:00:00Z");

async function tour(
  at: string,
  faults: Faults = {},
  {
    scenarios = [threeSteps],
    options = {},
    notes = fakeNotes(),
  }: {
    scenarios?: readonly (typeof threeSteps)[];
    options?: object;
    notes?: ReturnType<typeof fakeNotes>;
  } = {},
): Promise<{ readonly report: TourReport; readonly done: string[] }> {
  const stop = new AbortController();
  const { lab, done } = fakeTourLab(at, faults, stop);
  const asked = { ...all, ...rules, ...options };
  const planned = planTour(scenarios, asked, { lab, notes, now });
  const report = await runTour(planned, {
    ...{ scenarios, lab, notes, signal: stop.signal },
    options: asked,
    progress: silent,
  });
  return { report, done };
}

describe("a tour", () => {
  it("applies, proves and previews each step, in the order of the course", async () => {
    const { report, done } = await tour("three");
    expect(done).toEqual(["one", "two", "three"].flatMap((id) => [`up ${id}`, `preview ${id}`]));
    expect(report.summary).toMatchObject({ passed: 3, failed: 0, skipped: 0 });
    expect(report.steps[0]).toMatchObject({
      scenario: "lesson",
      step: "one",
      status: "passed",
      failedBefore: true,
      before: "one: 404",
      summary: { passed: 2, failed: 0, skipped: 0 },
      applySeconds: 1.5,
      created: 1,
      deleted: 2,
      error: "",
    });
  });

  it("leaves a step first that is deployed already, so that its proof can fail", async () => {
    const { report, done } = await tour("two", {}, { options: { step: ["two"] } });
    expect(done).toEqual(["up one", "up two", "preview two"]);
    expect(report.steps[0]?.failedBefore).toBe(true);
  });

  it("fails a step whose proof passes before, and goes on", async () => {
    const { report } = await tour("three", { alwaysPass: ["one"] });
    expect(report.steps.map(({ status }) => status)).toEqual(["failed", "passed", "passed"]);
    expect(report.steps[0]).toMatchObject({
      failedBefore: false,
      error: "its proof passed before it was applied: nothing shows what the step does",
    });
  });

  it("lets a proof pass before where the step says so", async () => {
    const same = scenarioOf("lesson", [
      { id: "one", about: "", sameEffectAs: "nothing answers, as before" },
    ]);
    const { report } = await tour("zero", { alwaysPass: ["one"] }, { scenarios: [same] });
    expect(report.steps[0]).toMatchObject({ status: "passed", failedBefore: false });
  });

  it("names what failed: the update, rows, the second preview", async () => {
    const faults = { up: ["one"], neverPass: ["two"], preview: ["three"] };
    const { report } = await tour("zero", faults);
    expect(report.steps.map(({ error }) => error)).toEqual([
      "pulumi up to lesson/one failed: no image",
      "1 of 2 rows failed: two",
      "a second preview is not empty: update default/x",
    ]);
    expect(report.steps[0]).toMatchObject({ results: [], applySeconds: 1.5, failedBefore: true });
  });

  it("skips a step whose need is not met, without touching the lab", async () => {
    const needy = scenarioOf("lesson", [{ id: "one", about: "", needs: ["load-balancer"] }]);
    const { report, done } = await tour("zero", {}, { scenarios: [needy] });
    expect(done).toEqual([]);
    expect(report.steps[0]?.status).toBe("skipped");
    expect(report.steps[0]?.error).toBe(
      "it needs a load balancer, and this lab has none: pulumi config set gatewayServiceType LoadBalancer && pulumi config set metallb true && npm run up, then walk it again",
    );
  });

  it("looks once at each row before, and calls a proof that can't be asked one that fails", async () => {
    const scenario = {
      ...threeSteps,
      proof: (lab: { readonly step: string; readonly hosts: readonly string[] }, step: string) => {
        if (step === "one" && lab.hosts.length < 9) throw new Error("there is no host");
        return [row(step)];
      },
    };
    const { report } = await tour("zero", {}, { scenarios: [scenario] });
    expect(report.steps[0]?.before).toBe("it can't be asked yet: there is no host");
  });

  it("proves the rows it is told to, and learns nothing of how long steps take", async () => {
    const notes = fakeNotes();
    const options = { random: 1, seed: 3, only: "the cluster has" };
    const { report } = await tour("one", { neverPass: ["three"] }, { options, notes });
    expect(report.steps.map(({ step, status, summary }) => [step, status, summary.passed])).toEqual(
      [["three", "passed", 1]],
    );
    expect(notes.times()).toEqual({});
  });

  it("walks at random without a look before, and says its seed", async () => {
    const { report, done } = await tour(
      "one",
      {},
      { options: { random: 4, seed: 3, preview: false } },
    );
    expect(done).toHaveLength(4);
    expect(report.steps.every(({ failedBefore }) => failedBefore === null)).toBe(true);
    expect(tourLine(report, "9 s")).toMatch(
      /^4 passed, 0 failed, 0 skipped of 4 in 9 s; switch to proven: median [\d.]+ s, slowest [\d.]+ s; seed 3$/,
    );
  });

  it("has nothing to walk where nothing is chosen", async () => {
    const single = scenarioOf("lesson", [{ id: "one", about: "" }]);
    const options = { random: 2, seed: 1 };
    await expect(tour("one", {}, { scenarios: [single], options })).rejects.toThrow(UserError);
  });
});

describe("an interrupted tour", () => {
  it("reports and notes what was done, and goes on from there", async () => {
    const notes = fakeNotes();
    const first = await tour("zero", { interruptAt: "two" }, { notes });
    expect(first.report.steps.map(({ step }) => step)).toEqual(["one"]);
    expect(first.report.planned).toBe(3);
    expect(Object.keys(notes.now().done)).toEqual(["0"]);

    const second = await tour("one", {}, { notes, options: { resume: true } });
    expect(second.done.filter((one) => one.startsWith("up"))).toEqual(["up two", "up three"]);
    expect(second.report.steps.map(({ step }) => step)).toEqual(["one", "two", "three"]);
    expect(second.report.startedAt).toBe("2026-11-21T12:00:00.000Z");
  });

  it("counts the time of all its runs", async () => {
    const notes = fakeNotes();
    const first = await tour("zero", { interruptAt: "two" }, { notes });
    expect(notes.now().seconds).toBeCloseTo(first.report.summary.seconds, 0);
    notes.save({ ...notes.now(), seconds: 1000 });
    const second = await tour("one", {}, { notes, options: { resume: true } });
    expect(second.report.summary.seconds).toBeCloseTo(1000, -1);
    expect(notes.now().seconds).toBeCloseTo(second.report.summary.seconds, 0);
  });

  it("walks a step that failed again", async () => {
    const notes = fakeNotes();
    await tour("zero", { up: ["two"] }, { notes });
    const { done, report } = await tour("three", {}, { notes, options: { resume: true } });
    expect(done.filter((one) => one.startsWith("up"))).toEqual(["up two"]);
    expect(report.summary).toMatchObject({ passed: 3, failed: 0 });
  });
});
