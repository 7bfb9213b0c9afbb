import { describe, expect, it } from "vitest";
import { median, nearest, ratio } from "../../hack/bench/statistics.ts";

describe("median", () => {
  it.each([
    [[7], 7],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])("of %j is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it("leaves its values as they are", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it("refuses to say anything about nothing", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("ratio", () => {
  it.each([
    [30, 40, 0.75],
    [40, 30, 1.33],
    [0, 5, 0],
  ])("of %d and %d is %d", (part, whole, expected) => {
    expect(ratio(part, whole)).toBe(expected);
  });
});

describe("nearest", () => {
  it("is the item closest to the target, the first of two that are equally close", () => {
    expect(nearest([1, 4, 9], (item) => item, 5)).toBe(4);
    expect(nearest([4, 6], (item) => item, 5)).toBe(4);
    expect(nearest([], (item: number) => item, 5)).toBeUndefined();
  });
});
