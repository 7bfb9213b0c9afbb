import * as command from "@pulumi/command";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { releaseObjects, type KnownReleases } from "../by-hand/release-objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { applyObjects, parseObjects, withStackLabel } from "../kubernetes-manifest.ts";
import { stackLabels } from "../stack-label.ts";
import type { Supply } from "../supply.ts";
import { gatewayApi } from "./gateway-api.ts";
import { chartValues, mergeValues } from "./helm-values.ts";
import { istioNamespace } from "./istio-namespace.ts";
import { istioRelease } from "./istio-release.ts";

/** Arguments of {@link IstioMesh}. */
export interface IstioMeshArgs {
  readonly cluster: Cluster;
  readonly supply: Pick<Supply, "istio" | "gatewayApi" | "meshManifests">;
  /** What brings istiod's image into the cluster's nodes; absent where they get it themselves. */
  readonly images?: pulumi.Resource;
  readonly releases: KnownReleases;
  /** @default "istio-system" */
  readonly namespace?: string;
}

/**
 * Istio's control plane: the Gateway API, the releases `base` and `istiod`, and a gate that opens when istiod's webhooks answer.
 * What is injected or applies Istio objects takes this component in its `dependsOn`.
 * @see https://istio.io/latest/docs/setup/install/helm/
 */
export class IstioMesh extends pulumi.ComponentResource {
  /** Namespace of istiod and of the gateways. */
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: IstioMeshArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:mesh:IstioMesh", name, {}, opts);
    const { cluster } = args;
    const { istio, meshManifests } = args.supply;

    const namespace = new kubernetes.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: args.namespace ?? istioNamespace, labels: stackLabels() } },
      { parent: this },
    );
    const kinds = gatewayApi(
      `${name}-gateway-api`,
      { cluster, manifest: args.supply.gatewayApi },
      { parent: this },
    );
    const base = istioRelease(
      `${name}-base`,
      {
        release: "istio-base",
        source: istio.charts.base,
        namespace: namespace.metadata.name,
        values: mergeValues(istio.values.base),
        skipAwait: true,
      },
      { parent: this },
    );
    const istiod = istioRelease(
      `${name}-istiod`,
      {
        release: "istiod",
        source: istio.charts.istiod,
        namespace: namespace.metadata.name,
        values: mergeValues(
          chartValues("istiod.yaml"),
          { global: { hub: istio.hub, tag: istio.tag } },
          istio.values.istiod,
        ),
        skipAwait: true,
      },
      // istiod reads its CRDs as it starts.
      { parent: this, dependsOn: [base, kinds, ...(args.images ? [args.images] : [])] },
    );
    const objects = releaseObjects(
      `${name}-objects`,
      {
        cluster,
        known: args.releases,
        releases: ["istio-base", "istiod"],
        namespace: namespace.metadata.name,
        revisions: [base.status.revision, istiod.status.revision],
      },
      // Nothing of it may still be on its way.
      { parent: this, dependsOn: [base, istiod] },
    );
    const gate = new command.local.Command(
      `${name}-webhook`,
      {
        create: "sh components/mesh/wait-for-istiod.sh",
        update: "true",
        environment: { KUBECONFIG: cluster.kubeconfigPath, CONTEXT: cluster.kubeContext },
        triggers: [
          istiod.status.revision,
          cluster.ready,
          args.releases.mended["istiod"] ?? 0,
          args.releases.mended["istio-base"] ?? 0,
        ],
        logging: "stderr",
      },
      // Pods that start before the injector answers would have no sidecar; objects applied before the validator
      // answers would be taken unseen. No value carries that order.
      { parent: this, dependsOn: objects },
    );
    applyObjects(meshManifests.flatMap((text) => parseObjects(text)).map(withStackLabel), {
      parent: this,
      dependsOn: gate,
    });
    this.namespace = namespace.metadata.name;
    this.registerOutputs({ namespace: this.namespace });
  }
}
