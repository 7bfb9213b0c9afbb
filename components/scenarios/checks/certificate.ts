/**
 * Where a certificate is read: a Secret (only that key of it), a TLS server as it answers one SNI to this machine
 * (`servedBy` is its address), or PEM text such as the lab's CA output. Of a chain, the first one is looked at.
 */
export type CertificateSource =
  | {
      readonly secret: string;
      /** @default "default" */ readonly namespace?: string;
      /** @default "tls.crt" */ readonly key?: string;
    }
  | { readonly servedBy: string; readonly port: number; readonly sni: string }
  | { readonly pem: string };

/** Distinguished name attributes by short name: CN, O, C, ST, L. */
export type DistinguishedName = Readonly<Record<string, string>>;

/** What a certificate must be. Fields that are absent are not looked at. */
export interface CertificateCheck {
  readonly kind: "certificate";
  readonly source: CertificateSource;
  readonly expect: {
    /** All attributes of it. */
    readonly subject?: DistinguishedName;
    /** All attributes of it. */
    readonly issuer?: DistinguishedName;
    readonly selfSigned?: boolean;
    readonly isCa?: boolean;
    /** Subject alternative names, in any order; exact. */
    readonly dnsNames?: readonly string[];
    /** Subject alternative names, in any order; exact. */
    readonly uris?: readonly string[];
    /** Its serial number is not the one of this certificate. */
    readonly serialUnlike?: CertificateSource;
    /** Validity, notBefore to notAfter, in whole days. */
    readonly days?: number;
    readonly keyAlgorithm?: "RSA" | "ECDSA";
    /** RSA modulus bits. */
    readonly keyBits?: number;
    /** openssl's name, such as "sha256WithRSAEncryption". */
    readonly signatureAlgorithm?: string;
    /** openssl's names, such as "Certificate Sign", in any order; exact. */
    readonly keyUsages?: readonly string[];
    /** openssl's names, such as "TLS Web Server Authentication", in any order; exact. */
    readonly extendedKeyUsages?: readonly string[];
    /** All extensions by openssl's names, such as "Subject Key Identifier", in any order; exact. */
    readonly extensions?: readonly string[];
    /** Those of them that are marked critical, in any order; exact. */
    readonly criticalExtensions?: readonly string[];
    /** The certificates that come after the first, in their order: these, and no more. */
    readonly chain?: readonly {
      readonly subject: DistinguishedName;
      readonly issuer: DistinguishedName;
      readonly isCa: boolean;
    }[];
    /** A chain to this PEM verifies (`openssl verify -CAfile`). */
    readonly verifiedBy?: string;
    /** A chain to this PEM does not verify: the deny twin. */
    readonly notVerifiedBy?: string;
  };
}
