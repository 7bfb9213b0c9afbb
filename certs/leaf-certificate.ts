import * as pulumi from "@pulumi/pulumi";
import { leafSpec, type KeyAlgorithm, type Place, type TlsRole } from "./certificate-spec.ts";
import { signedCertificate, type Signer } from "./signed-certificate.ts";

/** Arguments of {@link LeafCertificate}. */
export interface LeafCertificateArgs {
  /** The host it is for, or the name of the client: subject CN. */
  readonly host: string;
  /** Subject O. */
  readonly organization: string;
  /** Subject C, ST and L. @default none */
  readonly place?: Place;
  /** Subject alternative names. @default the host for a server, none for a client */
  readonly dnsNames?: readonly string[];
  /** @default "server" */
  readonly role?: TlsRole;
  /** Key usages besides what the role needs, by the provider's names, such as "data_encipherment". @default none */
  readonly moreUses?: readonly string[];
  /** Who signs it. */
  readonly authority: Signer;
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

/** A TLS server's or client's key and certificate, signed by an authority. */
export class LeafCertificate extends pulumi.ComponentResource {
  /** The certificate alone, without its authority's. */
  readonly certPem: pulumi.Output<string>;
  /** Its key: secret. */
  readonly privateKeyPem: pulumi.Output<string>;

  constructor(name: string, args: LeafCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:certs:LeafCertificate", name, {}, opts);
    const { host, organization, place, authority, role = "server" } = args;
    const { days = 365, keyAlgorithm = "RSA-2048", epoch = 1 } = args;
    const spec = leafSpec({
      subject: { ...place, commonName: host, organization },
      dnsNames: args.dnsNames ?? (role === "server" ? [host] : []),
      role,
      moreUses: args.moreUses ?? [],
      days,
      keyAlgorithm,
    });
    const { certPem, privateKeyPem } = signedCertificate(
      (part) => `${name}-${part}-${epoch}`,
      spec,
      { keyAlgorithm, signer: authority },
      { parent: this },
    );
    this.certPem = certPem;
    this.privateKeyPem = privateKeyPem;
    this.registerOutputs({ certPem: this.certPem });
  }
}
