import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link IngressCredential}; the resource's name is `namespace/secretName`. */
export interface IngressCredentialArgs {
  /** Name of the Secret: what a Gateway names as its `credentialName`. */
  readonly secretName: string;
  /** Namespace of the gateway pods, where istiod looks for it. */
  readonly namespace: pulumi.Input<string>;
  /** Leaf certificate, followed by intermediates if there are any. */
  readonly certPem: pulumi.Input<string>;
  readonly privateKeyPem: pulumi.Input<string>;
  /**
   * The authority whose certificates clients must show (mode MUTUAL): a Secret of its own, `<secretName>-cacert`.
   * @default none
   */
  readonly clientCaPem?: pulumi.Input<string>;
}

/**
 * A certificate and its key where the ingress gateway finds them: a Secret of type kubernetes.io/tls. A changed
 * certificate is served without a restart (SDS).
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/
 */
export class IngressCredential extends pulumi.ComponentResource {
  /** Resolves when the Secret, or both, are there. */
  readonly credentialName: pulumi.Output<string>;

  constructor(name: string, args: IngressCredentialArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:ingress:IngressCredential", name, {}, opts);
    const secret = new kubernetes.core.v1.Secret(
      name,
      {
        metadata: { name: args.secretName, namespace: args.namespace },
        type: "kubernetes.io/tls",
        stringData: {
          "tls.crt": args.certPem,
          "tls.key": pulumi.secret(args.privateKeyPem),
        },
      },
      { parent: this },
    );
    const clientCa = args.clientCaPem && this.createClientCa(name, args, args.clientCaPem);
    this.credentialName = clientCa
      ? pulumi.all([secret.metadata.name, clientCa.metadata]).apply(([both]) => both)
      : secret.metadata.name;
    this.registerOutputs({ credentialName: this.credentialName });
  }

  private createClientCa(
    name: string,
    { secretName, namespace }: IngressCredentialArgs,
    clientCaPem: pulumi.Input<string>,
  ): kubernetes.core.v1.Secret {
    return new kubernetes.core.v1.Secret(
      `${name}-cacert`,
      {
        metadata: { name: `${secretName}-cacert`, namespace },
        stringData: { "ca.crt": clientCaPem },
      },
      { parent: this },
    );
  }
}
