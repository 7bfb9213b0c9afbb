import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { authoritySpec, keySpec, type KeyAlgorithm } from "./certificate-spec.ts";

/** Arguments of {@link IntermediateAuthority}. */
export interface IntermediateAuthorityArgs {
  /** Subject CN. */
  readonly commonName: string;
  /** Subject O. */
  readonly organization: string;
  /** Who signs it: the root, or another intermediate. */
  readonly authority: {
    readonly certPem: pulumi.Input<string>;
    readonly privateKeyPem: pulumi.Input<string>;
  };
  /** Days the certificate is valid. @default 365 */
  readonly days?: number;
  /** @default "RSA-2048" */
  readonly keyAlgorithm?: KeyAlgorithm;
}

/**
 * An authority below a root: it signs the leaves, so that the root's key can stay away from daily work. A server shows
 * its certificate after the leaf's; a client needs to know the root alone.
 */
export class IntermediateAuthority extends pulumi.ComponentResource {
  /** Its certificate, without the root's. */
  readonly certPem: pulumi.Output<string>;
  /** Its key: secret. */
  readonly privateKeyPem: pulumi.Output<string>;

  constructor(
    name: string,
    args: IntermediateAuthorityArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("istio-lab:certs:IntermediateAuthority", name, {}, opts);
    const { commonName, organization, authority, days = 365, keyAlgorithm = "RSA-2048" } = args;
    const { subject, ...validity } = authoritySpec({ commonName, organization }, days);

    const key = new tls.PrivateKey(`${name}-key`, keySpec(keyAlgorithm), { parent: this });
    const request = new tls.CertRequest(
      `${name}-request`,
      { privateKeyPem: key.privateKeyPem, subject },
      { parent: this },
    );
    const certificate = new tls.LocallySignedCert(
      `${name}-cert`,
      {
        certRequestPem: request.certRequestPem,
        caCertPem: authority.certPem,
        caPrivateKeyPem: authority.privateKeyPem,
        ...validity,
      },
      { parent: this },
    );

    this.certPem = certificate.certPem;
    this.privateKeyPem = pulumi.secret(key.privateKeyPem);
    this.registerOutputs({ certPem: this.certPem });
  }
}
