import type { KeyObject } from "node:crypto";
import { createPublicKey, X509Certificate } from "node:crypto";
import { AsnConvert } from "@peculiar/asn1-schema";
import type { Name } from "@peculiar/asn1-x509";
import { Certificate, id_ce_subjectKeyIdentifier, SubjectKeyIdentifier } from "@peculiar/asn1-x509";
import { publicKeyDer } from "./key.ts";

/** A certificate authority's certificate, as far as signing needs it. */
export interface Authority {
  readonly name: Name;
  readonly keyId: ArrayBuffer | undefined;
}

/**
 * Reads the certificate of an authority.
 * @param certPem its certificate
 * @param privateKey the key that will sign
 * @throws Error if it is no certificate, or one of another key
 */
export function parseAuthority(certPem: string, privateKey: KeyObject): Authority {
  const certificate = readCertificate(certPem);
  if (!publicKeyDer(certificate.publicKey).equals(publicKeyDer(createPublicKey(privateKey)))) {
    throw new Error("caPrivateKeyPem: is not the private key of the certificate in caCertPem");
  }
  const { tbsCertificate } = AsnConvert.parse(certificate.raw, Certificate);
  const found = tbsCertificate.extensions?.find(
    ({ extnID }) => extnID === id_ce_subjectKeyIdentifier,
  );
  return {
    name: tbsCertificate.subject,
    keyId: found && AsnConvert.parse(found.extnValue.buffer, SubjectKeyIdentifier).buffer,
  };
}

function readCertificate(certPem: string): X509Certificate {
  try {
    return new X509Certificate(certPem);
  } catch {
    throw new Error("caCertPem: not a certificate in PEM form");
  }
}
