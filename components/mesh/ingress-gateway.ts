import * as pulumi from "@pulumi/pulumi";
import { releaseObjects, type KnownReleases } from "../by-hand/release-objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Supply } from "../supply.ts";
import { gatewayServicePorts, type GatewayNodePorts } from "./gateway-service-ports.ts";
import { chartValues, mergeValues } from "./helm-values.ts";
import { istioRelease } from "./istio-release.ts";

/** Arguments of {@link IngressGateway}. */
export interface IngressGatewayArgs {
  readonly cluster: Pick<Cluster, "kubeconfigPath" | "kubeContext" | "ready">;
  readonly istio: Supply["istio"];
  readonly releases: KnownReleases;
  /** Namespace of the gateway pods; credentials must be in it. */
  readonly namespace: pulumi.Input<string>;
  /** @default "NodePort" */
  readonly serviceType?: "NodePort" | "LoadBalancer";
  readonly nodePorts: GatewayNodePorts;
}

/**
 * The release `istio-ingressgateway`: an Envoy at the edge of the mesh, with labels `istio: ingressgateway`. It takes
 * the IstioMesh in its `dependsOn`: istiod's injector fills in the pod's image.
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export class IngressGateway extends pulumi.ComponentResource {
  /** What Gateway objects select. */
  readonly selector = { istio: "ingressgateway" } as const;

  constructor(name: string, args: IngressGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:mesh:IngressGateway", name, {}, opts);
    const release = istioRelease(
      `${name}-release`,
      {
        release: "istio-ingressgateway",
        source: args.istio.charts.gateway,
        namespace: args.namespace,
        values: mergeValues(
          chartValues("ingress-gateway.yaml"),
          // The chart replaces its list of ports, so it is given whole.
          {
            service: {
              type: args.serviceType ?? "NodePort",
              ports: gatewayServicePorts(args.nodePorts),
            },
          },
          args.istio.values.gateway,
        ),
      },
      { parent: this },
    );
    releaseObjects(
      `${name}-objects`,
      {
        ...{ cluster: args.cluster, known: args.releases, namespace: args.namespace },
        releases: ["istio-ingressgateway"],
        revisions: [release.status.revision],
      },
      { parent: this, dependsOn: release },
    );
    this.registerOutputs({});
  }
}
