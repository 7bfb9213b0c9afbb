import type { KeyObject } from "node:crypto";
import { createPublicKey, generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type { Properties } from "../property.ts";
import { generated } from "./generated.ts";
import { atLeast, number, oneOf, text } from "./inputs.ts";
import { algorithmOf, keyAlgorithms, publicKeyDer, sha1 } from "./key.ts";
import { opensshPrivateKey, opensshPublicKey } from "./openssh.ts";

const curves: Record<string, string> = {
  P224: "secp224r1",
  P256: "prime256v1",
  P384: "secp384r1",
  P521: "secp521r1",
};

// The form in which `privateKeyPem` comes.
const traditional = { RSA: "pkcs1", ECDSA: "sec1", ED25519: "pkcs8" } as const;

/** `tls:index/privateKey:PrivateKey`: a private key, made once and kept in the state, secret. */
export const privateKey = generated({
  inputs: ["algorithm", "rsaBits", "ecdsaCurve"],
  defaults: { rsaBits: 2048, ecdsaCurve: "P224" },
  computed: [
    "privateKeyPem",
    "privateKeyPemPkcs8",
    "privateKeyOpenssh",
    "publicKeyPem",
    "publicKeyOpenssh",
    "publicKeyFingerprintMd5",
    "publicKeyFingerprintSha256",
  ],
  secrets: ["privateKeyPem", "privateKeyPemPkcs8", "privateKeyOpenssh"],
  check: (known, isGiven) => [
    ...(isGiven("algorithm") ? [] : [{ property: "algorithm", reason: "must be given" }]),
    ...oneOf(known, "algorithm", keyAlgorithms),
    ...oneOf(known, "ecdsaCurve", Object.keys(curves)),
    // Less is refused by OpenSSL anyway, with a message that names no input.
    ...atLeast(known, "rsaBits", 1024),
  ],
  make: async (inputs) => describe(await generate(inputs)),
});

async function generate(inputs: Properties): Promise<KeyObject> {
  // Off the main thread: a long RSA key takes seconds, and other resources are served meanwhile.
  const generateKey = promisify(generateKeyPair);
  switch (text(inputs, "algorithm")) {
    case "RSA":
      return (await generateKey("rsa", { modulusLength: number(inputs, "rsaBits") ?? 2048 }))
        .privateKey;
    case "ECDSA": {
      const namedCurve = curves[text(inputs, "ecdsaCurve") ?? ""] ?? "secp224r1";
      return (await generateKey("ec", { namedCurve })).privateKey;
    }
    default:
      return (await generateKey("ed25519", {})).privateKey;
  }
}

function describe(key: KeyObject): { id: string; outputs: Properties } {
  const publicKey = createPublicKey(key);
  const openssh = opensshPublicKey(publicKey);
  return {
    id: sha1(publicKeyDer(publicKey)),
    outputs: {
      privateKeyPem: exportPem(key, traditional[algorithmOf(key)]),
      privateKeyPemPkcs8: exportPem(key, "pkcs8"),
      privateKeyOpenssh: opensshPrivateKey(key) ?? "",
      publicKeyPem: exportPem(publicKey, "spki"),
      publicKeyOpenssh: openssh?.line ?? "",
      publicKeyFingerprintMd5: openssh?.md5 ?? "",
      publicKeyFingerprintSha256: openssh?.sha256 ?? "",
    },
  };
}

function exportPem(key: KeyObject, type: "pkcs1" | "sec1" | "pkcs8" | "spki"): string {
  // The types of `export` know `pkcs1` for both halves of a key and the rest for one each.
  return key.export({ type: type, format: "pem" }).toString();
}
