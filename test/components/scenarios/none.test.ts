import { expect, it } from "vitest";
import { none } from "../../../components/scenarios/none.ts";
import { omit } from "../../support/omit.ts";
import { buildStep } from "../../support/build-step.ts";
import { labOutputs } from "../../support/lab.ts";
import { find, listed } from "../../support/mocks.ts";

it("none is no object, and namespace default without its label", async () => {
  const registered = await buildStep("none", "base");
  expect(listed(registered)).toEqual([
    "istio-lab:mesh:NamespaceInjection default",
    "kubernetes:core/v1:NamespacePatch default",
  ]);
  const patch = find(registered, "default", "kubernetes:core/v1:NamespacePatch");
  expect(JSON.stringify(patch.inputs)).not.toContain('"istio-injection":"enabled"');
});

it("its proof looks for whatever a lesson may have left", () => {
  const rows = none.proof(labOutputs("base"), "base");
  expect(rows.map(({ name, negative = false }) => [name, negative])).toEqual([
    ["the ingress gateway is healthy", false],
    ["namespace default has no injection label", true],
    ["no Istio object in namespace default", true],
    ["no Istio object of a lesson in istio-system", true],
    ["no workload and no Service of a lesson in namespace default", true],
    ["no namespace of a lesson", true],
    ["no pod in namespace default", true],
    ["http://localhost is not answered", true],
    ["https://localhost is not answered", true],
  ]);
});

it("leaves pods of an existing cluster's owner alone", () => {
  const existing = omit(labOutputs("base"), "nodeContainer");
  expect(none.proof(existing, "base").map(({ name }) => name)).not.toContain(
    "no pod in namespace default",
  );
});
