import { describe, expect, it } from "vitest";
import { judge } from "../../hack/bench/goals.ts";
import { collector } from "../../hack/bench/measures.ts";
import type { MeasureId, Samples } from "../../hack/bench/measures.ts";

/** Samples of the given seconds, each with a line that says which it is. */
function samplesOf(seconds: Partial<Record<MeasureId, readonly number[]>>): Samples {
  const { record, samples } = collector();
  for (const [id, taken] of Object.entries(seconds) as [MeasureId, readonly number[]][]) {
    for (const value of taken) record(id, { seconds: value, goesTo: [`${id} ${value}`] });
  }
  return samples;
}

describe("judge", () => {
  it("compares the cold up with the time by hand, median with median", () => {
    const samples = samplesOf({ byHand: [50, 40, 60], coldUp: [45, 30, 40] });
    expect(judge(samples)).toEqual([
      {
        name: "cold pulumi up until proven, of by hand",
        goal: 0.8,
        measured: 0.8,
        met: true,
        timeGoesTo: [],
      },
    ]);
  });

  it("explains a missed goal by the sample nearest to the median", () => {
    const samples = samplesOf({ byHand: [40], coldUp: [36, 90, 38, 41] });
    expect(judge(samples)).toMatchObject([
      { measured: 0.99, met: false, timeGoesTo: ["coldUp 38"] },
    ]);
  });

  it.each([
    ["noOpUp", 4, 4.2],
    ["preview", 4.5, 4.6],
    ["switch", 6, 6.1],
    ["destroy", 4, 4.1],
  ] as const)("lets %s take %d s and no more", (id, most, tooLong) => {
    expect(judge(samplesOf({ [id]: [most] }))).toMatchObject([{ goal: most, met: true }]);
    expect(judge(samplesOf({ [id]: [tooLong] }))).toMatchObject([
      { goal: most, measured: tooLong, met: false, timeGoesTo: [`${id} ${tooLong}`] },
    ]);
  });

  it("judges the slowest move between steps by itself: a good median must not hide it", () => {
    const samples = samplesOf({
      switch: [3, 9, 3, 3],
      switchIngressToObserve: [9],
      switchObserveToIngress: [3],
    });
    expect(judge(samples)).toMatchObject([
      { measured: 3, met: true },
      { name: "switch of a step, slowest move", measured: 9, met: false },
    ]);
  });

  it("says nothing about what was not measured", () => {
    expect(judge({})).toEqual([]);
  });
});
