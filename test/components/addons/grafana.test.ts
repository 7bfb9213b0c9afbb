import { expect, it } from "vitest";
import { Grafana } from "../../../components/addons/grafana.ts";
import { readManifest, type KubernetesObject } from "../../../components/kubernetes-manifest.ts";
import { officialSupply } from "../../../components/supply.ts";
import { istioVersion } from "../../../components/versions.ts";
import { drain, find, listed, record } from "../../support/mocks.ts";

const deployment = "kubernetes:apps/v1:Deployment";

it("Grafana is its two manifests with this supply's images, and waits for its configuration", async () => {
  const registered = await record();
  const images = { ...officialSupply.images, grafana: "mirror/grafana:1", client: "mirror/c:1" };
  new Grafana("grafana", { supply: { images, limits: {} } });
  await drain();
  expect(listed(registered)).toEqual([
    "istio-lab:addons:Grafana grafana",
    `${deployment} istio-system/grafana`,
    "kubernetes:core/v1:ConfigMap istio-system/grafana",
    "kubernetes:core/v1:ConfigMap istio-system/grafana-dashboards",
    "kubernetes:core/v1:Service istio-system/grafana",
    "kubernetes:core/v1:ServiceAccount istio-system/grafana",
  ]);
  const { inputs, waitsFor } = find(registered, "istio-system/grafana", deployment);
  expect(inputs).toMatchObject({
    spec: {
      template: {
        spec: {
          initContainers: [{ image: "mirror/c:1" }],
          containers: [{ image: "mirror/grafana:1" }],
        },
      },
    },
  });
  expect(waitsFor).toEqual(
    expect.arrayContaining(["istio-system/grafana", "istio-system/grafana-dashboards"]),
  );
});

it("is its configuration alone where the supply has no image", async () => {
  const registered = await record();
  new Grafana("grafana", { supply: { ...officialSupply, limits: { grafana: "no image" } } });
  await drain();
  expect(listed(registered)).toEqual([
    "istio-lab:addons:Grafana grafana",
    "kubernetes:core/v1:ConfigMap istio-system/grafana",
    "kubernetes:core/v1:ConfigMap istio-system/grafana-dashboards",
  ]);
});

it("takes Istio's dashboards of the version that the lab runs", () => {
  const objects = readManifest("addons/grafana.yaml", officialSupply);
  const { spec } = objects.find(({ kind }) => kind === "Deployment") as KubernetesObject & {
    spec: { template: { spec: { initContainers: { env: object[] }[] } } };
  };
  expect(spec.template.spec.initContainers[0]?.env).toEqual([
    { name: "ISTIO_VERSION", value: istioVersion },
  ]);
});

it("has a dashboard of its own that is JSON and asks for the mesh's requests", () => {
  const config = readManifest("addons/grafana-config.yaml", officialSupply).at(-1) as unknown as {
    data: Record<string, string>;
  };
  const dashboard = JSON.parse(config.data["istio-lab.json"] ?? "") as {
    title: string;
    panels: { type: string; targets: { expr: string }[] }[];
  };
  expect(dashboard.title).toBe("Istio Lab: Requests");
  expect(dashboard.panels.map(({ type }) => type)).toEqual(["timeseries", "stat"]);
  for (const { targets } of dashboard.panels) {
    for (const { expr } of targets)
      expect(expr).toContain('istio_requests_total{reporter="source"}');
  }
});
