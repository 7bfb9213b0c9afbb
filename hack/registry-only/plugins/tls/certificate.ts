import type { KeyObject } from "node:crypto";
import { createHash, randomBytes } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import type { GeneralName, Name } from "@peculiar/asn1-x509";
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  Extensions,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_subjectKeyIdentifier,
  KeyIdentifier,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";
import { alternativeNamesExtension } from "./alternative-names.ts";
import { extension } from "./extension.ts";
import { algorithmOf, arrayBuffer, pem, publicKeyDer } from "./key.ts";
import { signerOf } from "./signer.ts";
import { usageExtensions } from "./usages.ts";

/** What a certificate says. */
export interface Template {
  readonly subject: Name;
  readonly names: readonly GeneralName[];
  readonly publicKey: KeyObject;
  readonly allowedUses: readonly string[];
  /** Hours from now. */
  readonly validityPeriodHours: number;
  readonly isCa: boolean;
  /** Certificate authorities allowed below this one; 0 and less: no limit is written. */
  readonly maxPathLength: number;
  readonly setSubjectKeyId: boolean;
}

/** Who signs it: for a self-signed certificate, the subject itself. */
export interface Issuer {
  readonly name: Name;
  readonly privateKey: KeyObject;
  /** Key identifier to point at, if any. */
  readonly keyId: ArrayBuffer | undefined;
}

/** A certificate that was made. */
export interface Issued {
  /** Serial number, decimal. */
  readonly serial: string;
  readonly certPem: string;
  /** First and last moment of its validity, RFC 3339. */
  readonly validityStartTime: string;
  readonly validityEndTime: string;
}

/**
 * Makes and signs an X.509 v3 certificate with a random 128-bit serial number.
 * @throws Error for an authority that has no name
 */
export function issue(template: Template, issuer: Issuer, now = new Date()): Issued {
  if (template.isCa && template.subject.length === 0) {
    throw new Error("subject: a certificate authority must have at least one name in its subject");
  }
  const signer = signerOf(issuer.privateKey);
  const start = new Date(Math.trunc(now.getTime() / 1000) * 1000);
  const end = new Date(start.getTime() + template.validityPeriodHours * 3_600_000);
  const serial = randomBytes(16);
  const content = new TBSCertificate({
    version: Version.v3,
    serialNumber: positive(serial),
    signature: signer.algorithm,
    issuer: issuer.name,
    validity: new Validity({ notBefore: start, notAfter: end }),
    subject: template.subject,
    subjectPublicKeyInfo: AsnConvert.parse(publicKeyDer(template.publicKey), SubjectPublicKeyInfo),
    extensions: new Extensions(extensions(template, issuer)),
  });
  const certificate = new Certificate({
    tbsCertificate: content,
    signatureAlgorithm: signer.algorithm,
    signatureValue: signer.sign(AsnConvert.serialize(content)),
  });
  return {
    serial: BigInt(`0x${serial.toString("hex")}`).toString(),
    certPem: pem("CERTIFICATE", AsnConvert.serialize(certificate)),
    validityStartTime: rfc3339(start),
    validityEndTime: rfc3339(end),
  };
}

/** SHA-1 of the public key, as the official plugin takes it for every type of key. */
export function keyIdOf(publicKey: KeyObject): ArrayBuffer {
  const der = publicKeyDer(publicKey);
  const bits = Buffer.from(AsnConvert.parse(der, SubjectPublicKeyInfo).subjectPublicKey);
  // For Ed25519 it hashes the key wrapped as an octet string.
  const wrap = algorithmOf(publicKey) === "ED25519" ? Buffer.from([4, bits.length]) : Buffer.of();
  return arrayBuffer(createHash("sha1").update(wrap).update(bits).digest());
}

function extensions(template: Template, issuer: Issuer): Extension[] {
  const { isCa, maxPathLength, publicKey, subject } = template;
  const limit = isCa && maxPathLength > 0 ? { pathLenConstraint: maxPathLength } : {};
  const basics = new BasicConstraints({ cA: isCa, ...limit });
  const keyId = new SubjectKeyIdentifier(keyIdOf(publicKey));
  const authority =
    issuer.keyId && new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(issuer.keyId) });
  return [
    ...usageExtensions(template.allowedUses),
    extension(id_ce_basicConstraints, true, basics),
    ...(isCa || template.setSubjectKeyId
      ? [extension(id_ce_subjectKeyIdentifier, false, keyId)]
      : []),
    ...(authority ? [extension(id_ce_authorityKeyIdentifier, false, authority)] : []),
    ...alternativeNamesExtension(template.names, subject.length === 0),
  ];
}

/** Big-endian bytes as a DER integer's: shortest form, with a zero before a set highest bit. */
function positive(bytes: Buffer): ArrayBuffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const short = start === -1 ? Buffer.of(0) : bytes.subarray(start);
  return arrayBuffer((short[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), short]) : short);
}

function rfc3339(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, "Z");
}
