import type { LabConfig } from "../components/config.ts";

/** "RSA-2048", "ECDSA-P256", …: algorithm and size of a key in one word. */
export type KeyAlgorithm = LabConfig["keyAlgorithm"];

/** A key as `tls.PrivateKey` takes it. */
export type KeySpec =
  | { readonly algorithm: "RSA"; readonly rsaBits: number }
  | { readonly algorithm: "ECDSA"; readonly ecdsaCurve: string };

/** Where the subject of a certificate is; each part is left out of the name where it is absent. */
export interface Place {
  /** C: two letters. */
  readonly country?: string;
  /** ST. */
  readonly province?: string;
  /** L. */
  readonly locality?: string;
}

/** Who a certificate is about. */
export interface Subject extends Place {
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

/** Which end of a TLS connection shows a certificate: that is all it is good for. */
export type TlsRole = "server" | "client";

/** What a leaf certificate is made from. */
export interface LeafIdentity {
  readonly subject: Subject;
  /** Subject alternative names: what clients compare with the host they asked for. */
  readonly dnsNames: readonly string[];
  readonly role: TlsRole;
  /** Key usages besides what the role needs, by the provider's names, such as "content_commitment". */
  readonly moreUses: readonly string[];
  /** Validity. */
  readonly days: number;
  readonly keyAlgorithm: KeyAlgorithm;
}

/** Usages that encrypt with the certified key, which RSA can do and ECDSA can not. */
const encryptingUses: readonly string[] = ["key_encipherment", "data_encipherment"];

/**
 * The certificate of a TLS server or client. Key encipherment is a thing of RSA key exchange; an ECDSA key only signs.
 * @see https://www.rfc-editor.org/rfc/rfc5480#section-3
 */
export function leafSpec(
  identity: LeafIdentity,
): CertificateSpec & { readonly dnsNames: string[] } {
  const { subject, dnsNames, role, moreUses, days, keyAlgorithm } = identity;
  const uses = ["key_encipherment", "digital_signature", ...moreUses, `${role}_auth`];
  const canEncrypt = keySpec(keyAlgorithm).algorithm === "RSA";
  return {
    subject,
    dnsNames: [...dnsNames],
    allowedUses: uses.filter((use) => canEncrypt || !encryptingUses.includes(use)),
    validityPeriodHours: hours(days),
    isCaCertificate: false,
  };
}

function hours(days: number): number {
  return days * 24;
}
