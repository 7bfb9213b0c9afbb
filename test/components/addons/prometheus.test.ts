import { beforeEach, describe, expect, it } from "vitest";
import { prometheusConfig } from "../../../components/addons/prometheus-config.ts";
import { Prometheus } from "../../../components/addons/prometheus.ts";
import { readManifest } from "../../../components/kubernetes-manifest.ts";
import { officialSupply } from "../../../components/supply.ts";
import { applied } from "../../support/applied.ts";
import { matching } from "../../support/matching.ts";
import { drain, find, listed, record, type Registration } from "../../support/mocks.ts";

const supply = {
  images: { ...officialSupply.images, prometheus: "mirror/prometheus:1" },
  metricRelabelings: [],
};
const deployment = "prometheus-deployment-prometheus";

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

async function make(metricRelabelings: object[] = []): Promise<void> {
  const args = { supply: { ...supply, metricRelabelings: metricRelabelings as [] } };
  new Prometheus("prometheus", { ...args, namespace: "istio-system" });
  await drain();
}

function configHash(): unknown {
  const { inputs } = find(registered, deployment);
  const { spec } = inputs as {
    spec: { template: { metadata: { annotations: Record<string, string> } } };
  };
  return spec.template.metadata.annotations["istio-lab/config"];
}

describe("Prometheus", () => {
  it("is manifests/addons/prometheus.yaml and its configuration", async () => {
    await make();
    expect(listed(registered)).toEqual([
      "istio-lab:addons:Prometheus prometheus",
      "kubernetes:apps/v1:Deployment prometheus-deployment-prometheus",
      "kubernetes:core/v1:ConfigMap prometheus-config",
      "kubernetes:core/v1:Service prometheus-service-prometheus",
      "kubernetes:core/v1:ServiceAccount prometheus-serviceaccount-prometheus",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole prometheus-clusterrole-istio-lab-prometheus",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding prometheus-clusterrolebinding-istio-lab-prometheus",
    ]);
    expect(find(registered, "prometheus-config").inputs).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "prometheus", namespace: "istio-system" },
      data: { "prometheus.yml": prometheusConfig([]) },
    });
  });

  it("applies each object as the manifest has it; the Deployment also carries its configuration's hash", async () => {
    await make();
    for (const object of readManifest("addons/prometheus.yaml", supply)) {
      const name = `prometheus-${object.kind.toLowerCase()}-${object.metadata.name}`;
      const { inputs, parent } = find(registered, name);
      expect(parent).toBe("prometheus");
      if (name === deployment) expect(inputs).toMatchObject(object);
      else expect(inputs).toEqual(applied(object));
    }
    expect(find(registered, deployment).inputs).toMatchObject({
      spec: {
        template: {
          metadata: {
            annotations: { "istio-lab/config": matching(/^[0-9a-f]{16}$/) },
          },
          spec: { containers: [{ image: "mirror/prometheus:1" }] },
        },
      },
    });
  });

  it("does not start its pod before the configuration is there", async () => {
    await make();
    expect(find(registered, deployment).waitsFor).toEqual(["prometheus-config"]);
  });

  it("rolls the pod for another configuration, and for nothing else", async () => {
    await make();
    const before = configHash();
    registered.splice(0);
    await make();
    const again = configHash();
    registered.splice(0);
    await make([{ regex: "x", action: "labeldrop" }]);
    expect(again).toBe(before);
    expect(configHash()).not.toBe(before);
  });
});
