import { expect, it } from "vitest";
import { halfMadeReleases } from "../../hack/lab/half-made-releases.ts";

function state(...operations: object[]): string {
  return JSON.stringify({ checkpoint: { latest: { pending_operations: operations } } });
}

const istiod = {
  type: "kubernetes:helm.sh/v3:Release",
  inputs: { name: "istiod", namespace: "istio-system", values: {} },
};

it("finds releases whose creation was cut short", () => {
  expect(halfMadeReleases(state({ type: "creating", resource: istiod }))).toMatchObject([
    { name: "istiod", namespace: "istio-system" },
  ]);
});

it.each([
  ["an update", state({ type: "updating", resource: istiod })],
  ["another resource", state({ type: "creating", resource: { type: "command:local:Command" } })],
  ["no pending operation", state()],
  ["a stack that was never up", JSON.stringify({ checkpoint: {} })],
])("finds nothing in %s", (_, text) => {
  expect(halfMadeReleases(text)).toEqual([]);
});
