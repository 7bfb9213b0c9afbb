import { describe, expect, it } from "vitest";
import { hasWrongSidecar, wantsSidecar } from "../../../components/by-hand/sidecars.ts";

const selector = { matchLabels: { app: "sleep" } };

describe("wantsSidecar", () => {
  it.each([
    ["as its namespace says", {}, true, true],
    ["as its namespace says, not", {}, false, false],
    [
      "as its template's label says",
      { labels: { "sidecar.istio.io/inject": "false" } },
      true,
      false,
    ],
    ["as its annotation says", { annotations: { "sidecar.istio.io/inject": "true" } }, false, true],
  ])("is %s", (_, metadata, namespace, wanted) => {
    expect(wantsSidecar({ selector, template: { metadata } }, namespace)).toBe(wanted);
  });

  it("is unknown of what has no pods", () => {
    expect(wantsSidecar(undefined, true)).toBeUndefined();
    // A Service selects, but makes none.
    expect(wantsSidecar({ selector }, true)).toBeUndefined();
  });
});

describe("hasWrongSidecar", () => {
  const injected = { "sidecar.istio.io/status": "{}" };
  const pod = (
    annotations: Record<string, string>,
    namespace = "default",
    app = "sleep",
  ): object => ({
    ...{ namespace, annotations, labels: { app, "pod-template-hash": "1" } },
  });

  it.each([
    ["all have one, and are to", [pod(injected)], true, false],
    ["one has none", [pod(injected), pod({})], true, true],
    ["one has one too many", [pod(injected)], false, true],
    ["a pod of another workload has none", [pod({}, "default", "httpbin")], true, false],
    ["a pod of another namespace has none", [pod({}, "legacy")], true, false],
    ["there are no pods", [], true, false],
  ])("%s", (_, pods, wanted, wrong) => {
    expect(hasWrongSidecar({ selector }, "default", wanted, pods)).toBe(wrong);
  });
});
