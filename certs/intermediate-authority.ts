import * as pulumi from "@pulumi/pulumi";
import { authoritySpec, type KeyAlgorithm } from "./certificate-spec.ts";
import { signedCertificate, type Signer } from "./signed-certificate.ts";

/** Arguments of {@link IntermediateAuthority}. */
export interface IntermediateAuthorityArgs {
  /** Subject CN. */
  readonly commonName: string;
  /** Subject O. */
  readonly organization: string;
  /** Who signs it: the root, or another intermediate. */
  readonly authority: Signer;
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
    const { certPem, privateKeyPem } = signedCertificate(
      (part) => `${name}-${part}`,
      authoritySpec({ commonName, organization }, days),
      { keyAlgorithm, signer: authority },
      { parent: this },
    );
    this.certPem = certPem;
    this.privateKeyPem = privateKeyPem;
    this.registerOutputs({ certPem: this.certPem });
  }
}
