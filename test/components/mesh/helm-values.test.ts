import { describe, expect, it } from "vitest";
import { chartValues, mergeValues } from "../../../components/mesh/helm-values.ts";

describe("mergeValues", () => {
  it.each<[string, (Record<string, unknown> | undefined)[], Record<string, unknown>]>([
    ["no layer", [], {}],
    ["layers that are absent", [undefined, { a: 1 }, undefined], { a: 1 }],
    [
      "maps at every depth",
      [{ a: { b: { c: 1 } } }, { a: { b: { d: 2 } } }],
      { a: { b: { c: 1, d: 2 } } },
    ],
    ["a later value over an earlier one", [{ a: 1, b: 1 }, { a: 2 }, { a: 3 }], { a: 3, b: 1 }],
    ["a list, replaced whole", [{ a: [1, 2] }, { a: [3] }], { a: [3] }],
    ["a map over a list", [{ a: [1] }, { a: { b: 1 } }], { a: { b: 1 } }],
    ["null over a map", [{ a: { b: 1 } }, { a: null }], { a: null }],
    ["false over true", [{ a: true }, { a: false }], { a: false }],
  ])("merges %s", (_, layers, merged) => {
    expect(mergeValues(...layers)).toEqual(merged);
  });

  it("leaves its layers as they are", () => {
    const first = { a: { b: 1 } };
    mergeValues(first, { a: { c: 2 } });
    expect(first).toEqual({ a: { b: 1 } });
  });
});

describe("chartValues", () => {
  it("reads what a learner reads", () => {
    expect(chartValues("istiod.yaml")).toMatchObject({
      meshConfig: {
        accessLogFile: "/dev/stdout",
        outboundTrafficPolicy: { mode: "ALLOW_ANY" },
        enableAutoMtls: true,
      },
    });
    expect(Object.keys(chartValues("ingress-gateway.yaml"))).toEqual([
      "autoscaling",
      "imagePullPolicy",
      "resources",
      "podAnnotations",
    ]);
  });

  it("fails for a file that is not there", () => {
    expect(() => chartValues("nope.yaml")).toThrow(/ENOENT/);
  });
});
