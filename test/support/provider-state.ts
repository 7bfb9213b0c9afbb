import { generateKeyPairSync } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** How the mocks answer. */
export interface MockAnswers {
  /** What a command prints, by resource name. @default `<name>.stdout` */
  readonly stdout?: Readonly<Record<string, string>>;
}

const tokenKey = generateKeyPairSync("rsa", {
  modulusLength: 1024,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).privateKey;

/** The state that a resource's provider would compute, derived from its name. */
export function computed(
  type: string,
  name: string,
  { stdout }: MockAnswers,
): Record<string, unknown> {
  // What signs tokens has to be a key.
  if (type === "tls:index/privateKey:PrivateKey" && name.endsWith("issuer-key")) {
    return { privateKeyPem: tokenKey, publicKeyPem: tokenKey };
  }
  if (type.startsWith("tls:")) {
    return Object.fromEntries(
      ["privateKeyPem", "certPem", "certRequestPem"].map((key) => [key, `${name}.${key}`]),
    );
  }
  if (type === "command:local:Command") return { stdout: stdout?.[name] ?? `${name}.stdout` };
  if (type === "kubernetes:helm.sh/v3:Release") return { status: { revision: 1 } };
  return {};
}

/** The engine marks what a resource's `additionalSecretOutputs` name; the mocks do not. */
export function withSecrets(state: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(state).map(([key, value]) => [
      key,
      keys.includes(key) ? pulumi.secret(value as unknown) : (value as unknown),
    ]),
  );
}
