import type { KeyObject } from "node:crypto";
import { createPublicKey } from "node:crypto";
import { Attributes, CertificationRequest, CertificationRequestInfo } from "@peculiar/asn1-csr";
import { AsnConvert } from "@peculiar/asn1-schema";
import type { GeneralName, Name } from "@peculiar/asn1-x509";
import { Attribute, Extensions, SubjectPublicKeyInfo } from "@peculiar/asn1-x509";
import { alternativeNamesExtension, requestedNames } from "./alternative-names.ts";
import { publicKeyDer } from "./key.ts";
import { signerOf } from "./signer.ts";

const extensionRequest = "1.2.840.113549.1.9.14";

/** What a certificate request asks for. */
export interface Request {
  readonly subject: Name;
  readonly names: readonly GeneralName[];
  readonly publicKey: KeyObject;
}

/** Makes a certificate request, signed by the key that it is for; DER. */
export function signRequest(
  key: KeyObject,
  subject: Name,
  names: readonly GeneralName[],
): ArrayBuffer {
  const signer = signerOf(key);
  const extensions = alternativeNamesExtension(names, subject.length === 0);
  const values = [AsnConvert.serialize(new Extensions(extensions))];
  const content = new CertificationRequestInfo({
    subject,
    subjectPKInfo: AsnConvert.parse(publicKeyDer(createPublicKey(key)), SubjectPublicKeyInfo),
    attributes: new Attributes(
      extensions.length === 0 ? [] : [new Attribute({ type: extensionRequest, values })],
    ),
  });
  return AsnConvert.serialize(
    new CertificationRequest({
      certificationRequestInfo: content,
      signatureAlgorithm: signer.algorithm,
      signature: signer.sign(AsnConvert.serialize(content)),
    }),
  );
}

/**
 * Reads a certificate request.
 * @throws Error if the PEM holds none
 */
export function parseRequest(pem: string): Request {
  const { certificationRequestInfo: content } = decode(pem);
  const requested = [...content.attributes].find(({ type }) => type === extensionRequest);
  const [extensions] = requested?.values ?? [];
  return {
    subject: content.subject,
    names:
      extensions === undefined ? [] : requestedNames([...AsnConvert.parse(extensions, Extensions)]),
    publicKey: createPublicKey({
      key: Buffer.from(AsnConvert.serialize(content.subjectPKInfo)),
      type: "spki",
      format: "der",
    }),
  };
}

function decode(pem: string): CertificationRequest {
  const [, base64] = /-BEGIN CERTIFICATE REQUEST-----([^-]+)-----END/.exec(pem) ?? [];
  try {
    return AsnConvert.parse(Buffer.from(base64 ?? "", "base64"), CertificationRequest);
  } catch {
    throw new Error("certRequestPem: not a certificate request in PEM form");
  }
}
