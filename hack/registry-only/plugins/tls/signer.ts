import type { KeyObject } from "node:crypto";
import { sign } from "node:crypto";
import { AlgorithmIdentifier } from "@peculiar/asn1-x509";
import { algorithmOf, arrayBuffer } from "./key.ts";

/** How a key signs: the algorithm as a certificate names it, and the signature itself. */
export interface Signer {
  readonly algorithm: AlgorithmIdentifier;
  sign(data: ArrayBuffer): ArrayBuffer;
}

// With longer curves goes a longer hash, as in the official plugin.
const ecdsaHashes: Record<string, { hash: string; oid: string }> = {
  secp384r1: { hash: "sha384", oid: "1.2.840.10045.4.3.3" },
  secp521r1: { hash: "sha512", oid: "1.2.840.10045.4.3.4" },
};
const ecdsaSha256 = { hash: "sha256", oid: "1.2.840.10045.4.3.2" };

/** The way a private key signs certificates and requests. */
export function signerOf(key: KeyObject): Signer {
  const signing = (hash: string | null, algorithm: AlgorithmIdentifier): Signer => ({
    algorithm,
    sign: (data) => arrayBuffer(sign(hash, Buffer.from(data), key)),
  });
  switch (algorithmOf(key)) {
    case "RSA": {
      const sha256WithRsa = { algorithm: "1.2.840.113549.1.1.11", parameters: null };
      return signing("sha256", new AlgorithmIdentifier(sha256WithRsa));
    }
    case "ECDSA": {
      const curve = key.asymmetricKeyDetails?.namedCurve ?? "";
      const { hash, oid } = ecdsaHashes[curve] ?? ecdsaSha256;
      return signing(hash, new AlgorithmIdentifier({ algorithm: oid }));
    }
    case "ED25519":
      return signing(null, new AlgorithmIdentifier({ algorithm: "1.3.101.112" }));
  }
}
