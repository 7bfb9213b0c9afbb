import { describe, expect, it } from "vitest";
import type { Bar, Chart } from "../../hack/tour/charts.ts";
import { chartBars } from "../../hack/tour/report/chart-bars.ts";

function drawn(bar: Partial<Bar>, unit: Chart["unit"] = "answers"): string {
  const whole = { label: "v1", value: 5, whole: 20, ...bar };
  return chartBars([{ row: "row", unit, bars: [whole] }]).text;
}

/** What is read to who can't see the bar. */
function spoken(text: string): string | undefined {
  return /aria-label="([^"]*)"/.exec(text)?.[1];
}

describe("chartBars", () => {
  it.each([
    [{ atLeast: 2, atMost: 8 }, "answers", "v1: 5 of 20, accepted 2 to 8"],
    [{ atLeast: 5, atMost: 5 }, "requests", "v1: 5 of 20, accepted exactly 5"],
    [{ atLeast: 1 }, "answers", "v1: 5 of 20, accepted at least 1"],
    [{ value: 1.5, atMost: 2 }, "seconds", "v1: 1.50 s, accepted at most 2 s"],
    [{}, "answers", "v1: 5 of 20"],
  ] as const)("says value and bounds of %j in %s", (bar, unit, words) => {
    expect(spoken(drawn(bar, unit))).toBe(words);
  });

  it("draws the range that is accepted, and none where all is", () => {
    expect(drawn({ atLeast: 2, atMost: 8 }).match(/class="range"\s+x="10"/g)).toHaveLength(2);
    expect(drawn({})).not.toContain('class="range"');
  });

  it("marks a value outside its bounds", () => {
    expect(drawn({ atMost: 4 })).toContain('class="value bad"');
    expect(drawn({ atMost: 5 })).not.toContain("bad");
  });
});
