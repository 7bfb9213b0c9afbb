import { beforeEach, describe, expect, it } from "vitest";
import { prometheusConfig } from "../../../components/addons/prometheus-config.ts";
import { Prometheus } from "../../../components/addons/prometheus.ts";
import { readManifest } from "../../../components/kubernetes-manifest.ts";
import { objectName } from "../../../components/stage/object-key.ts";
import { officialSupply } from "../../../components/supply.ts";
import { applied } from "../../support/applied.ts";
import { matching } from "../../support/matching.ts";
import { drain, find, listed, record, type Registration } from "../../support/mocks.ts";

const supply = {
  images: { ...officialSupply.images, prometheus: "mirror/prometheus:1" },
  metricRelabelings: [],
};
const deployment = "kubernetes:apps/v1:Deployment";
const configMap = "kubernetes:core/v1:ConfigMap";
const name = "istio-system/prometheus";

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
  const { inputs } = find(registered, name, deployment);
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
      "kubernetes:apps/v1:Deployment istio-system/prometheus",
      "kubernetes:core/v1:ConfigMap istio-system/prometheus",
      "kubernetes:core/v1:Service istio-system/prometheus",
      "kubernetes:core/v1:ServiceAccount istio-system/prometheus",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole istio-lab-prometheus",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding istio-lab-prometheus",
    ]);
    expect(find(registered, name, configMap).inputs).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "prometheus", namespace: "istio-system" },
      data: { "prometheus.yml": prometheusConfig([]) },
    });
  });

  it("applies each object as the manifest has it; the Deployment also carries its configuration's hash", async () => {
    await make();
    for (const object of readManifest("addons/prometheus.yaml", supply)) {
      const { inputs, parent } =
        registered.find(
          (one) => one.name === objectName(object.metadata) && one.type.endsWith(`:${object.kind}`),
        ) ?? {};
      expect(parent).toBe("prometheus");
      if (object.kind === "Deployment") expect(inputs).toMatchObject(object);
      else expect(inputs).toEqual(applied(object));
    }
    expect(find(registered, name, deployment).inputs).toMatchObject({
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
    expect(find(registered, name, deployment).waitsFor).toEqual([name]);
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
