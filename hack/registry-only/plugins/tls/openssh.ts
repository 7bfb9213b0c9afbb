import type { JsonWebKey, KeyObject } from "node:crypto";
import { createHash, randomBytes } from "node:crypto";
import { pem, arrayBuffer } from "./key.ts";

/** The public half of a key as OpenSSH has it. */
export interface OpensshPublicKey {
  /** A line of `authorized_keys`. */
  readonly line: string;
  /** MD5 fingerprint, `aa:bb:...`. */
  readonly md5: string;
  /** SHA-256 fingerprint, `SHA256:...`. */
  readonly sha256: string;
}

// P-224 has no form in OpenSSH.
const curves: Record<string, string> = {
  "P-256": "nistp256",
  "P-384": "nistp384",
  "P-521": "nistp521",
};

/** The public key in OpenSSH's form; undefined where there is none (ECDSA on P-224). */
export function opensshPublicKey(key: KeyObject): OpensshPublicKey | undefined {
  const fields = publicFields(key);
  if (fields === undefined) return undefined;
  const blob = Buffer.concat(fields.map(field));
  const md5 = createHash("md5").update(blob).digest("hex");
  const sha256 = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return {
    line: `${String(fields[0])} ${blob.toString("base64")}\n`,
    md5: md5.replace(/..(?=.)/g, "$&:"),
    sha256: `SHA256:${sha256}`,
  };
}

/** The private key in OpenSSH's form, unencrypted; undefined where there is none. */
export function opensshPrivateKey(key: KeyObject): string | undefined {
  const fields = publicFields(key);
  if (fields === undefined) return undefined;
  // Twice the same number tells a reader that decryption worked; here there is none.
  const check = randomBytes(4);
  const comment = field("");
  const content = Buffer.concat([check, check, ...privateFields(key).map(field), comment]);
  const missing = (8 - (content.length % 8)) % 8;
  const padding = Buffer.from(Array.from({ length: missing }, (_, at) => at + 1));
  const file = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    ...["none", "none", ""].map(field),
    uint32(1),
    field(Buffer.concat(fields.map(field))),
    field(Buffer.concat([content, padding])),
  ]);
  return pem("OPENSSH PRIVATE KEY", arrayBuffer(file));
}

function publicFields(key: KeyObject): (string | Buffer)[] | undefined {
  if (key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "secp224r1") {
    return undefined;
  }
  const jwk = key.export({ format: "jwk" });
  if (jwk.kty === "RSA") return ["ssh-rsa", integer(jwk.e), integer(jwk.n)];
  if (jwk.kty === "OKP") return ["ssh-ed25519", bytes(jwk.x)];
  const curve = curves[jwk.crv ?? ""];
  return curve === undefined ? undefined : [`ecdsa-sha2-${curve}`, curve, point(jwk)];
}

function privateFields(key: KeyObject): (string | Buffer)[] {
  const jwk = key.export({ format: "jwk" });
  if (jwk.kty === "RSA") {
    return ["ssh-rsa", ...[jwk.n, jwk.e, jwk.d, jwk.qi, jwk.p, jwk.q].map(integer)];
  }
  const open = publicFields(key) ?? [];
  // Ed25519's private field holds the public key again.
  if (jwk.kty === "OKP") return [...open, Buffer.concat([bytes(jwk.d), bytes(jwk.x)])];
  return [...open, integer(jwk.d)];
}

function point(jwk: JsonWebKey): Buffer {
  return Buffer.concat([Buffer.from([4]), bytes(jwk.x), bytes(jwk.y)]);
}

function bytes(base64url: string | undefined): Buffer {
  return Buffer.from(base64url ?? "", "base64url");
}

/** A positive number: shortest form, with a zero before a set highest bit. */
function integer(base64url: string | undefined): Buffer {
  const all = bytes(base64url);
  const start = all.findIndex((byte) => byte !== 0);
  const short = start === -1 ? Buffer.alloc(0) : all.subarray(start);
  return (short[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), short]) : short;
}

function field(value: string | Buffer): Buffer {
  const content = Buffer.from(value);
  return Buffer.concat([uint32(content.length), content]);
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}
