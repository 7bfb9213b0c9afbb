import * as pulumi from "@pulumi/pulumi";
import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import type { Supply } from "../supply.ts";

/** Arguments of {@link Grafana}. */
export interface GrafanaArgs {
  readonly supply: Pick<Supply, "images" | "limits">;
}

/**
 * Grafana with Istio's dashboards and one of the lab's own, asking the lab's Prometheus. Where the supply has no
 * Grafana its configuration and the lab's dashboard are there without it.
 * @see https://istio.io/latest/docs/ops/integrations/grafana/
 */
export class Grafana extends pulumi.ComponentResource {
  constructor(name: string, args: GrafanaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:addons:Grafana", name, {}, opts);
    const { supply } = args;
    const configuration = applyObjects(readManifest("addons/grafana-config.yaml", supply), {
      parent: this,
    });
    if (supply.limits.grafana === undefined) {
      // It reads its configuration once, when it starts.
      applyObjects(readManifest("addons/grafana.yaml", supply), {
        parent: this,
        dependsOn: configuration,
      });
    }
    this.registerOutputs({});
  }
}
