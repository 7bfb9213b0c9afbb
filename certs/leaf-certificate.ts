import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { keySpec, serverSpec, type KeyAlgorithm } from "./certificate-spec.ts";

/** Arguments of {@link LeafCertificate}. */
export interface LeafCertificateArgs {
  /** The host it is for: subject CN and the one subject alternative name. */
  readonly host: string;
  /** Subject O. */
  readonly organization: string;
  /** Who signs it. */
  readonly authority: {
    readonly certPem: pulumi.Input<string>;
    readonly privateKeyPem: pulumi.Input<string>;
  };
  /** Days it is valid. @default 365 */
  readonly days?: number;
  /** @default "RSA-2048" */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * Raise it for a new key and certificate. It is part of their names, so the new pair exists before the old one goes.
   * The provider's own `earlyRenewalHours` does not renew on `up`: https://github.com/pulumi/pulumi-tls/issues/39.
   * @default 1
   */
  readonly epoch?: number;
}

/** A TLS server's key and certificate for one host, signed by an authority. */
export class LeafCertificate extends pulumi.ComponentResource {
  /** The certificate alone, without its authority's. */
  readonly certPem: pulumi.Output<string>;
  /** Its key: secret. */
  readonly privateKeyPem: pulumi.Output<string>;

  constructor(name: string, args: LeafCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:certs:LeafCertificate", name, {}, opts);
    const {
      host,
      organization,
      authority,
      days = 365,
      keyAlgorithm = "RSA-2048",
      epoch = 1,
    } = args;
    const { subject, dnsNames, ...validity } = serverSpec({
      host,
      organization,
      days,
      keyAlgorithm,
    });

    const key = new tls.PrivateKey(`${name}-key-${epoch}`, keySpec(keyAlgorithm), { parent: this });
    const request = new tls.CertRequest(
      `${name}-request-${epoch}`,
      { privateKeyPem: key.privateKeyPem, subject, dnsNames },
      { parent: this },
    );
    const certificate = new tls.LocallySignedCert(
      `${name}-cert-${epoch}`,
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
