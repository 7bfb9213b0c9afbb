import type { KeyObject } from "node:crypto";
import { createPublicKey } from "node:crypto";
import type { Properties } from "../property.ts";
import { alternativeNames } from "./alternative-names.ts";
import { parseAuthority } from "./authority.ts";
import type { Issued, Template } from "./certificate.ts";
import { issue, keyIdOf } from "./certificate.ts";
import { number, text, texts } from "./inputs.ts";
import { algorithmOf, parsePrivateKey, pem, sha1 } from "./key.ts";
import { parseRequest, signRequest } from "./request.ts";
import { distinguishedName } from "./subject.ts";

// Reached by `import()` alone: the ASN.1 library takes a fifth of the plugin's start, and a
// deployment that makes no certificate does without it.

/** What a resource was made into. */
export interface Made {
  readonly id: string;
  readonly outputs: Properties;
}

/** A certificate request from the inputs of CertRequest. */
export function makeRequest(inputs: Properties): Made {
  const key = keyOf(inputs, "privateKeyPem");
  const der = signRequest(key, subjectOf(inputs), alternativeNames(inputs));
  return {
    id: sha1(new Uint8Array(der)),
    outputs: { certRequestPem: pem("CERTIFICATE REQUEST", der), keyAlgorithm: algorithmOf(key) },
  };
}

/** A certificate from the inputs of SelfSignedCert. */
export function makeSelfSigned(inputs: Properties): Made {
  const privateKey = keyOf(inputs, "privateKeyPem");
  const publicKey = createPublicKey(privateKey);
  const name = subjectOf(inputs);
  const pointsAtItself = inputs["setAuthorityKeyId"] === true;
  if (pointsAtItself && inputs["setSubjectKeyId"] !== true && inputs["isCaCertificate"] !== true) {
    throw new Error("setAuthorityKeyId: needs setSubjectKeyId, or isCaCertificate, to be true");
  }
  const names = alternativeNames(inputs);
  const template = { subject: name, names, publicKey, ...commonTemplate(inputs) };
  const keyId = pointsAtItself ? keyIdOf(publicKey) : undefined;
  return made(issue(template, { name, privateKey, keyId }), {
    keyAlgorithm: algorithmOf(privateKey),
  });
}

/** A certificate from the inputs of LocallySignedCert. */
export function makeLocallySigned(inputs: Properties): Made {
  const privateKey = keyOf(inputs, "caPrivateKeyPem");
  const authority = parseAuthority(text(inputs, "caCertPem") ?? "", privateKey);
  const request = parseRequest(text(inputs, "certRequestPem") ?? "");
  const template = { ...request, ...commonTemplate(inputs) };
  return made(issue(template, { ...authority, privateKey }), {
    caKeyAlgorithm: algorithmOf(privateKey),
  });
}

function made({ serial, ...outputs }: Issued, more: Properties): Made {
  return { id: serial, outputs: { ...outputs, ...more } };
}

function keyOf(inputs: Properties, name: string): KeyObject {
  return parsePrivateKey(text(inputs, name) ?? text(inputs, `${name}Wo`) ?? "", name);
}

function subjectOf(inputs: Properties): ReturnType<typeof distinguishedName> {
  return distinguishedName((inputs["subject"] ?? {}) as Properties);
}

function commonTemplate(inputs: Properties): Omit<Template, "subject" | "names" | "publicKey"> {
  return {
    allowedUses: texts(inputs, "allowedUses"),
    validityPeriodHours: number(inputs, "validityPeriodHours") ?? 0,
    isCa: inputs["isCaCertificate"] === true,
    maxPathLength: number(inputs, "maxPathLength") ?? -1,
    setSubjectKeyId: inputs["setSubjectKeyId"] === true,
  };
}
