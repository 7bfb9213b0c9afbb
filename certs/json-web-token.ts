import { createPublicKey, sign } from "node:crypto";

/** What a token says about its bearer; times are seconds since 1970. */
export interface Claims {
  /** Issuer. */
  readonly iss: string;
  /** Subject: who bears it. */
  readonly sub: string;
  /** Issued at. */
  readonly iat: number;
  /** Not accepted from then on. */
  readonly exp: number;
}

/**
 * A key set with one RSA key, as an issuer publishes it.
 * @param publicKeyPem PEM of an RSA public key, or of a private one, of which only the public half is taken
 * @see https://www.rfc-editor.org/rfc/rfc7517
 */
export function keySet(publicKeyPem: string, keyId: string): string {
  const { kty, n, e } = createPublicKey(publicKeyPem).export({ format: "jwk" });
  return JSON.stringify({ keys: [{ kty, use: "sig", alg: "RS256", kid: keyId, n, e }] });
}

/**
 * A token signed with RS256. The same key and claims give the same token each time: RFC 8017's older padding has
 * nothing random in it.
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export function signedToken(privateKeyPem: string, keyId: string, claims: Claims): string {
  const content = [{ alg: "RS256", typ: "JWT", kid: keyId }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${content}.${sign("sha256", Buffer.from(content), privateKeyPem).toString("base64url")}`;
}
