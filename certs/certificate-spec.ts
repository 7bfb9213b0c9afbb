import type { LabConfig } from "../components/config.ts";

/** "RSA-2048", "ECDSA-P256", …: algorithm and size of a key in one word. */
export type KeyAlgorithm = LabConfig["keyAlgorithm"];

/** A key as `tls.PrivateKey` takes it. */
export type KeySpec =
  | { readonly algorithm: "RSA"; readonly rsaBits: number }
  | { readonly algorithm: "ECDSA"; readonly ecdsaCurve: string };

/** Who a certificate is about. */
export interface Subject {
  readonly commonName: string;
  readonly organization: string;
}

/** What a certificate says and for how long, apart from keys. */
export interface CertificateSpec {
  readonly subject: Subject;
  /** Key usages by the provider's names, such as "cert_signing". */
  readonly allowedUses: string[];
  readonly validityPeriodHours: number;
  readonly isCaCertificate: boolean;
}

/** The arguments of `tls.PrivateKey` for `keyAlgorithm`: "RSA-2048" is RSA with 2048 bits, "ECDSA-P256" the curve P256. */
export function keySpec(keyAlgorithm: KeyAlgorithm): KeySpec {
  const [algorithm, size] = keyAlgorithm.split("-") as ["RSA" | "ECDSA", string];
  return algorithm === "RSA"
    ? { algorithm, rsaBits: Number(size) }
    : { algorithm, ecdsaCurve: size };
}

/**
 * A root certificate authority. It can sign and nothing else: a leaked CA key can't pose as a server by itself.
 * @param days validity
 */
export function authoritySpec(subject: Subject, days: number): CertificateSpec {
  return {
    subject,
    allowedUses: ["cert_signing", "crl_signing"],
    validityPeriodHours: hours(days),
    isCaCertificate: true,
  };
}

/** What a server certificate is made from. */
export interface ServerIdentity {
  /** Common name and only subject alternative name; clients look at the latter. */
  readonly host: string;
  readonly organization: string;
  /** Validity. */
  readonly days: number;
  readonly keyAlgorithm: KeyAlgorithm;
}

/**
 * A TLS server's certificate for one host. Key encipherment is a thing of RSA key exchange; an ECDSA key only signs.
 * @see https://www.rfc-editor.org/rfc/rfc5480#section-3
 */
export function serverSpec(
  identity: ServerIdentity,
): CertificateSpec & { readonly dnsNames: string[] } {
  const { host, organization, days, keyAlgorithm } = identity;
  const exchange = keySpec(keyAlgorithm).algorithm === "RSA" ? ["key_encipherment"] : [];
  return {
    subject: { commonName: host, organization },
    dnsNames: [host],
    allowedUses: [...exchange, "digital_signature", "server_auth"],
    validityPeriodHours: hours(days),
    isCaCertificate: false,
  };
}

function hours(days: number): number {
  return days * 24;
}
