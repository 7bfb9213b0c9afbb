import { expect, it } from "vitest";
import { Kiali } from "../../../components/addons/kiali.ts";
import { readManifest } from "../../../components/kubernetes-manifest.ts";
import { officialSupply } from "../../../components/supply.ts";
import { applied } from "../../support/applied.ts";
import { drain, find, record, whole } from "../../support/mocks.ts";

it("Kiali is manifests/addons/kiali.yaml with this supply's image", async () => {
  const registered = await record();
  const supply = { images: { ...officialSupply.images, kiali: "mirror/kiali:1" } };
  new Kiali("kiali", { supply });
  await drain();
  const [account, role, binding, config, service, deployment] = readManifest(
    "addons/kiali.yaml",
    supply,
  );
  const name = "istio-system/kiali";
  const deploymentType = "kubernetes:apps/v1:Deployment";
  const rbac = "kubernetes:rbac.authorization.k8s.io/v1";
  expect(whole(registered)).toEqual([
    { type: `${rbac}:ClusterRole`, name: "istio-lab-kiali", inputs: role },
    { type: `${rbac}:ClusterRoleBinding`, name: "istio-lab-kiali", inputs: binding },
    { type: deploymentType, name, inputs: deployment },
    { type: "kubernetes:core/v1:ConfigMap", name, inputs: config },
    { type: "kubernetes:core/v1:Service", name, inputs: applied(service) },
    { type: "kubernetes:core/v1:ServiceAccount", name, inputs: account },
    { type: "istio-lab:addons:Kiali", name: "kiali", inputs: {} },
  ]);
  expect(find(registered, name, deploymentType).inputs).toMatchObject({
    spec: { template: { spec: { containers: [{ image: "mirror/kiali:1" }] } } },
  });
  expect(registered.slice(1).every(({ parent }) => parent === "kiali")).toBe(true);
});
