import { expect, it } from "vitest";
import { halfMadeReleases, pendingCreations } from "../../hack/lab/pending-operations.ts";
import { parseStackFile, type StackFile } from "../../hack/lab/stack-file.ts";

function state(...operations: object[]): StackFile {
  return parseStackFile(
    JSON.stringify({ checkpoint: { latest: { pending_operations: operations } } }),
  );
}

const istiod = {
  type: "creating",
  resource: {
    type: "kubernetes:helm.sh/v3:Release",
    inputs: { name: "istiod", namespace: "istio-system", values: {} },
  },
};
const command = { type: "creating", resource: { type: "command:local:Command" } };

it("finds what was being created, and the releases among it", () => {
  const pending = pendingCreations(state(istiod, command));
  expect(pending).toEqual([istiod, command]);
  expect(halfMadeReleases(pending)).toMatchObject([{ name: "istiod", namespace: "istio-system" }]);
});

it.each([
  ["an update", state({ ...istiod, type: "updating" })],
  ["no pending operation", state()],
  ["a stack that was never up", parseStackFile(JSON.stringify({ checkpoint: {} }))],
])("finds nothing in %s", (_, file) => {
  expect(pendingCreations(file)).toEqual([]);
});
