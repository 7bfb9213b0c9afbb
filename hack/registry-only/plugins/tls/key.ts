import type { KeyObject } from "node:crypto";
import { createHash, createPrivateKey } from "node:crypto";

/** Key algorithms as the resources name them. */
export const keyAlgorithms = ["RSA", "ECDSA", "ED25519"] as const;

/** One of them. */
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/**
 * Reads a private key in any of the PEM forms that the PrivateKey resource gives.
 * @throws Error that names the input, and says nothing of what it holds
 */
export function parsePrivateKey(pem: string, input: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new Error(
      `${input}: not a private key in PEM form (PKCS#1, SEC 1 or PKCS#8, unencrypted)`,
    );
  }
}

/** @throws Error if certificates cannot be made with keys of that type */
export function algorithmOf(key: KeyObject): KeyAlgorithm {
  if (key.asymmetricKeyType === "rsa") return "RSA";
  if (key.asymmetricKeyType === "ec") return "ECDSA";
  if (key.asymmetricKeyType === "ed25519") return "ED25519";
  throw new Error(`a key of type ${key.asymmetricKeyType ?? "secret"} is not supported`);
}

/** The public key as DER, SubjectPublicKeyInfo. */
export function publicKeyDer(key: KeyObject): Buffer {
  return key.export({ type: "spki", format: "der" });
}

/** SHA-1 in hexadecimal: what the resources' ids are made of. */
export function sha1(data: Uint8Array): string {
  return createHash("sha1").update(data).digest("hex");
}

/** The bytes alone, in the form that the ASN.1 library takes. */
export function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** DER as PEM: 64 columns, a line's end after the last line. */
export function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
