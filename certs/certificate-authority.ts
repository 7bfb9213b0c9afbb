import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { authoritySpec, keySpec, type KeyAlgorithm, type Place } from "./certificate-spec.ts";

/** Arguments of {@link CertificateAuthority}. */
export interface CertificateAuthorityArgs {
  /** Subject CN. */
  readonly commonName: string;
  /** Subject O. */
  readonly organization: string;
  /** Subject C, ST and L. @default none */
  readonly place?: Place;
  /** Days the certificate is valid. @default 365 */
  readonly days?: number;
  /** @default "RSA-2048" */
  readonly keyAlgorithm?: KeyAlgorithm;
}

/** A self-signed root that signs the lab's certificates. For the lab only: never put it in a system's trust store. */
export class CertificateAuthority extends pulumi.ComponentResource {
  /** Its certificate: public, what clients trust. */
  readonly certPem: pulumi.Output<string>;
  /** Its key: secret. */
  readonly privateKeyPem: pulumi.Output<string>;

  constructor(
    name: string,
    args: CertificateAuthorityArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("istio-lab:certs:CertificateAuthority", name, {}, opts);
    const { commonName, organization, place, days = 365, keyAlgorithm = "RSA-2048" } = args;
    const subject = { ...place, commonName, organization };

    const key = new tls.PrivateKey(`${name}-key`, keySpec(keyAlgorithm), { parent: this });
    const certificate = new tls.SelfSignedCert(
      `${name}-cert`,
      {
        privateKeyPem: key.privateKeyPem,
        ...authoritySpec(subject, days),
        // A root points at itself: its key is told apart from that of another root with the same name.
        setAuthorityKeyId: true,
      },
      { parent: this },
    );

    this.certPem = certificate.certPem;
    this.privateKeyPem = pulumi.secret(key.privateKeyPem);
    this.registerOutputs({ certPem: this.certPem });
  }
}
