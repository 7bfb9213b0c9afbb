import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { keySet, signedToken } from "../../certs/json-web-token.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const claims = { iss: "https://issuer.example.com", sub: "learner", iat: 1, exp: 2 };
const parts = (token: string): unknown[] =>
  token
    .split(".")
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as unknown);

describe("keySet", () => {
  it("is the public key alone, under its name", () => {
    const { keys } = JSON.parse(keySet(publicKey, "one")) as { keys: Record<string, string>[] };
    expect(keys.map((key) => Object.keys(key))).toEqual([["kty", "use", "alg", "kid", "n", "e"]]);
    expect(keys[0]).toMatchObject({ kty: "RSA", use: "sig", alg: "RS256", kid: "one", e: "AQAB" });
  });

  it("holds nothing private, even made from a private key", () => {
    expect(keySet(privateKey, "one")).toBe(keySet(publicKey, "one"));
  });
});

describe("signedToken", () => {
  const token = signedToken(privateKey, "one", claims);

  it("says who, from when, until when, and by which key", () => {
    expect(parts(token)).toEqual([{ alg: "RS256", typ: "JWT", kid: "one" }, claims]);
  });

  it("is the same each time", () => {
    expect(signedToken(privateKey, "one", claims)).toBe(token);
  });

  it("verifies against the key set, and not once a claim has changed", () => {
    const { keys } = JSON.parse(keySet(publicKey, "one")) as { keys: { n: string; e: string }[] };
    const key = createPublicKey({ key: { kty: "RSA", ...keys[0] }, format: "jwk" });
    const [header = "", content = "", signature = ""] = token.split(".");
    const verifies = (text: string): boolean =>
      verify("sha256", Buffer.from(text), key, Buffer.from(signature, "base64url"));
    expect(verifies(`${header}.${content}`)).toBe(true);
    const forged = Buffer.from(JSON.stringify({ ...claims, exp: 3 })).toString("base64url");
    expect(verifies(`${header}.${forged}`)).toBe(false);
  });
});
