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
    ["the ingress gateway says to this machine that it is ready", false],
    ["every proxy has the configuration that istiod sent it", false],
    ["istioctl finds nothing in the cluster that Istio can't run on", false],
    ["the kinds of the Gateway API are there beside Istio's own", false],
    ["istiod serves the Gateway API", false],
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

it("asks at the status port, wherever the gateway is", () => {
  const lab = { ...labOutputs("base"), gatewayAddress: "::1", statusPort: 31_521 };
  const row = none.proof(lab, "base").find(({ name }) => name.includes("to this machine"));
  expect(row?.check).toMatchObject({
    url: "http://localhost:31521/healthz/ready",
    resolveTo: "::1",
  });
});

it("asks istioctl for the version that the supply has", () => {
  const supply = { ...labOutputs("base").supply, parts: { istio: "1.31.1, built here" } };
  const row = none
    .proof({ ...labOutputs("base"), supply }, "base")
    .find(({ name }) => name.includes("of one version"));
  expect(row?.expected).toBe("1.31.1 twice");
  expect(row?.check).toMatchObject({
    output: { contains: ["client version: 1.31.1", "control plane version: 1.31.1"] },
  });
});
