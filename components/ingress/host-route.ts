import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link HostRoute}; the resource's name is `namespace/routeName`. */
export interface HostRouteArgs {
  readonly routeName: string;
  readonly namespace: pulumi.Input<string>;
  /** Host name that clients ask for. */
  readonly host: string;
  /** `namespace/name` of the Gateway. */
  readonly gateway: string;
  /** Host in the mesh's registry, fully qualified. */
  readonly destination: pulumi.Input<string>;
  readonly port: number;
}

/**
 * A VirtualService that leads one host of a Gateway to one host of the mesh.
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class HostRoute extends pulumi.ComponentResource {
  constructor(name: string, args: HostRouteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:ingress:HostRoute", name, {}, opts);
    new kubernetes.apiextensions.CustomResource(
      name,
      {
        apiVersion: "networking.istio.io/v1",
        kind: "VirtualService",
        metadata: { name: args.routeName, namespace: args.namespace },
        spec: {
          hosts: [args.host],
          gateways: [args.gateway],
          http: [
            { route: [{ destination: { host: args.destination, port: { number: args.port } } }] },
          ],
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
