import { expect, it } from "vitest";
import type { Expectation } from "../../components/scenarios/expectation.ts";
import { proveBefore } from "../../hack/tour/prove.ts";
import type { World } from "../../hack/tour/prove.ts";
import { labOutputs } from "../support/lab.ts";
import { row, scenarioOf, stopsOf } from "./fake-tour.ts";

/** Proves a step of one row of ten calls before it is applied; how often each look called. */
async function callsOf(
  passes: (times: number) => boolean,
  more: object = {},
): Promise<{ readonly failed: boolean; readonly calls: readonly number[] }> {
  const one = row("jason");
  const tenCalls = { ...one, check: { ...one.check, times: 10, ...more } } as Expectation;
  const lesson = {
    ...scenarioOf("lesson", [{ id: "one", about: "" }]),
    proof: (): readonly Expectation[] => [tenCalls],
  };
  const calls: number[] = [];
  const world: World = {
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    look({ check }) {
      const times = check.kind === "http" ? (check.times ?? 1) : 0;
      calls.push(times);
      return Promise.resolve({ passed: passes(times), observed: "" });
    },
    stimulate: () => Promise.resolve(),
  };
  const stop = stopsOf(lesson)[0];
  if (stop === undefined) throw new Error("no step");
  const { failed } = await proveBefore([lesson], stop, labOutputs("zero", 1), world);
  return { failed, calls };
}

it("makes one call where that is not answered as expected", async () => {
  expect(await callsOf(() => false)).toEqual({ failed: true, calls: [1] });
});

it("makes them all where it is", async () => {
  expect(await callsOf((times) => times === 1)).toEqual({ failed: true, calls: [1, 10] });
  expect((await callsOf(() => true)).failed).toBe(false);
});

it("makes them all at once where it is about how the answers are shared out", async () => {
  const shares = [{ text: "v1", atLeast: 1 }];
  expect(await callsOf(() => false, { shares })).toEqual({ failed: true, calls: [10] });
});
