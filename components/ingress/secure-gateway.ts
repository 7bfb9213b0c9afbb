import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** One host that the gateway answers over TLS, with a certificate of its own. */
export interface SecureServer {
  readonly host: string;
  readonly credentialName: pulumi.Input<string>;
}

/** Arguments of {@link SecureGateway}; the resource's name is `namespace/gatewayName`. */
export interface SecureGatewayArgs {
  readonly gatewayName: string;
  readonly namespace: string;
  /** Labels of the gateway pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly servers: readonly SecureServer[];
}

/**
 * One Gateway with one TLS server a host, each with its own certificate: one certificate on several Gateways would
 * let browsers reuse a connection for a host that it does not route (404).
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class SecureGateway extends pulumi.ComponentResource {
  /** `namespace/name`, as VirtualServices refer to it; known before the Gateway is there. */
  readonly reference: string;

  constructor(name: string, args: SecureGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:ingress:SecureGateway", name, {}, opts);
    new kubernetes.apiextensions.CustomResource(
      name,
      {
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name: args.gatewayName, namespace: args.namespace },
        spec: {
          selector: args.selector,
          servers: args.servers.map(({ host, credentialName }) => ({
            port: { number: 443, name: `https-${host.replaceAll(".", "-")}`, protocol: "HTTPS" },
            tls: { mode: "SIMPLE", credentialName },
            hosts: [host],
          })),
        },
      },
      { parent: this },
    );
    this.reference = `${args.namespace}/${args.gatewayName}`;
    this.registerOutputs({ reference: this.reference });
  }
}
