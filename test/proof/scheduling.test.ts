import { describe, expect, it } from "vitest";
import type { Expectation, Stimulus } from "../../components/scenarios/expectation.ts";
import { isDisruptive, skipReason, stages } from "../../hack/proof/scheduling.ts";

const check = { kind: "object", resource: "pods" } as const;
const deletePod: Stimulus = { do: "delete-pod", name: "httpbin-0" };
const call: Stimulus = {
  do: "call",
  times: 2,
  request: { caller: { from: "host" }, url: "http://a" },
};

function row(name: string, more: Partial<Expectation> = {}): Expectation {
  return { name, expected: "", check, ...more };
}

describe("stages", () => {
  it("puts rows without stimulus first, and rows with the same stimulus together, in the order of the list", () => {
    const rows = [
      row("after delete", { after: [deletePod] }),
      row("one"),
      row("after call", { after: [call] }),
      row("lone", { disruptive: true }),
      row("after delete too", { after: [{ ...deletePod }] }),
      row("two"),
      row("lone too", { disruptive: true }),
    ];
    const shown = stages(rows).map(({ stimuli, rows: group }) => [
      stimuli.map((stimulus) => stimulus.do),
      group.map(({ name }) => name),
    ]);
    expect(shown).toEqual([
      [[], ["one", "two"]],
      [["delete-pod"], ["after delete", "after delete too"]],
      [["call"], ["after call"]],
      [[], ["lone"]],
      [[], ["lone too"]],
    ]);
  });

  it("has no stage for nothing", () => {
    expect(stages([])).toEqual([]);
    expect(stages([row("x", { after: [call] })])).toHaveLength(1);
  });
});

describe("skipReason", () => {
  it.each([
    ["a plain row", row("x"), true, undefined],
    ["what the supply can do", row("x", { needs: "kiali-ui" }), true, undefined],
    ["what the supply can't do", row("x", { needs: "kiali" }), false, "no web UI"],
    ["a disruptive row", row("x", { disruptive: true }), false, undefined],
    [
      "a disruptive row under --no-disrupt",
      row("x", { disruptive: true }),
      true,
      "it changes the lab for a moment, and this run may not (--no-disrupt)",
    ],
  ])("%s", (_, given, noDisrupt, expected) => {
    expect(skipReason(given, { limits: { kiali: "no web UI" }, noDisrupt })).toBe(expected);
  });
});

describe("isDisruptive", () => {
  it.each([
    [row("x"), false],
    [row("x", { after: [call] }), false],
    [row("x", { after: [deletePod] }), true],
    [row("x", { after: [deletePod], disruptive: false }), false],
    [row("x", { disruptive: true }), true],
  ])("%#", (given, expected) => {
    expect(isDisruptive(given)).toBe(expected);
  });
});
