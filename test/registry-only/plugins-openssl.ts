import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Properties } from "../../hack/registry-only/plugins/property.ts";
import { certRequest } from "../../hack/registry-only/plugins/tls/cert-request.ts";
import { privateKey } from "../../hack/registry-only/plugins/tls/private-key.ts";
import { selfSignedCert } from "../../hack/registry-only/plugins/tls/self-signed-cert.ts";
import { created } from "./plugins-operation.ts";

/** Files of one test file's certificates. */
export let folder: string;

/** Makes the folder for this test file's certificates; it is removed at the file's end. */
export function useFolder(): void {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "plugins-cert-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
}

/** Writes a file and returns its path. */
export function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What OpenSSL prints; throws with its messages if it fails. */
export function openssl(...args: string[]): string {
  return execFileSync("openssl", args, { encoding: "utf8", stdio: "pipe" });
}

/** The content of a certificate as OpenSSL prints it, without indentation. */
export function printed(certPem: string): string[] {
  const text = openssl("x509", "-in", file("printed.pem", certPem), "-noout", "-text");
  return text.split("\n").map((line) => line.trim());
}

/** The line after a title. */
export function after(lines: readonly string[], title: string): string | undefined {
  const at = lines.indexOf(title);
  return at === -1 ? undefined : lines[at + 1];
}

/** The DER of issuer and subject, cut out of a certificate by OpenSSL's own parser. */
export function names(certPem: string): { issuer: string; subject: string } {
  const lines = openssl("asn1parse", "-in", file("names.pem", certPem)).split("\n");
  // The certificate's own fields are the sequences at depth 2: algorithm, issuer, validity, subject.
  const fields = lines.filter((line) => /:d=2 .*SEQUENCE/.test(line));
  const der = new X509Certificate(certPem).raw;
  const cut = (line = ""): string => {
    const [, offset, header, length] = /^ *(\d+):d=2 +hl=(\d+) l= *(\d+)/.exec(line) ?? [];
    const size = Number(header) + Number(length);
    return der.subarray(Number(offset), Number(offset) + size).toString("hex");
  };
  return { issuer: cut(fields[1]), subject: cut(fields[3]) };
}

/** A new private key. */
export async function keyPem(algorithm: Properties = { algorithm: "ED25519" }): Promise<string> {
  return (await created(privateKey, algorithm))["privateKeyPem"] ?? "";
}

/** Inputs of a fast key. */
export const p256 = { algorithm: "ECDSA", ecdsaCurve: "P256" };
/** Inputs of an authority, but for its key. */
export const authorityInputs = {
  subject: { commonName: "Lab CA", organization: "Lab & Söhne", country: "DE" },
  validityPeriodHours: 100,
  isCaCertificate: true,
  allowedUses: ["cert_signing", "crl_signing"],
};
/** Inputs of a server's certificate, but for names and keys. */
export const leafInputs = {
  validityPeriodHours: 24,
  allowedUses: ["digital_signature", "server_auth"],
};

/** A new authority, as the inputs that a signed certificate takes. */
export async function authority(
  more: Properties = {},
  algorithm: Properties = p256,
): Promise<{ caPrivateKeyPem: string; caCertPem: string }> {
  const pem = await keyPem(algorithm);
  const cert = await created(selfSignedCert, { privateKeyPem: pem, ...authorityInputs, ...more });
  return { caPrivateKeyPem: pem, caCertPem: cert["certPem"] ?? "" };
}

/** A certificate request of a new key. */
export async function request(more: Properties = {}): Promise<string> {
  const made = await created(certRequest, { privateKeyPem: await keyPem(p256), ...more });
  return made["certRequestPem"] ?? "";
}
