import { createHash } from "node:crypto";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import type { Supply } from "../supply.ts";
import { prometheusConfig } from "./prometheus-config.ts";

/** Arguments of {@link Prometheus}. */
export interface PrometheusArgs {
  readonly supply: Pick<Supply, "images" | "metricRelabelings">;
  /** `istio-system`, as `manifests/addons/prometheus.yaml` has it; resolves when it is there. */
  readonly namespace: pulumi.Input<string>;
}

/**
 * Prometheus, scraping every proxy of the mesh.
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/
 */
export class Prometheus extends pulumi.ComponentResource {
  constructor(name: string, args: PrometheusArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:addons:Prometheus", name, {}, opts);
    const config = prometheusConfig(args.supply.metricRelabelings);
    const configMap = new kubernetes.core.v1.ConfigMap(
      "istio-system/prometheus",
      {
        metadata: { name: "prometheus", namespace: args.namespace },
        data: { "prometheus.yml": config },
      },
      { parent: this },
    );
    const objects = readManifest("addons/prometheus.yaml", args.supply).map((object) =>
      object.kind === "Deployment" ? withConfigHash(object, config) : object,
    );
    // The pod does not start before its configuration is there.
    applyObjects(objects, { parent: this, dependsOn: configMap });
    this.registerOutputs({});
  }
}

/** Prometheus reads its configuration once: another one must roll the pod. */
function withConfigHash<T extends object>(deployment: T, config: string): T {
  const copy = structuredClone(deployment) as T & {
    spec: { template: { metadata: { annotations?: Record<string, string> } } };
  };
  const hash = createHash("sha256").update(config).digest("hex").slice(0, 16);
  copy.spec.template.metadata.annotations = { "istio-lab/config": hash };
  return copy;
}
