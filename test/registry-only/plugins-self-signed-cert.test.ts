import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { selfSignedCert } from "../../hack/registry-only/plugins/tls/self-signed-cert.ts";
import {
  after,
  authority,
  authorityInputs,
  file,
  keyPem,
  leafInputs,
  openssl,
  p256,
  printed,
  useFolder,
} from "./plugins-openssl.ts";
import { created } from "./plugins-operation.ts";

useFolder();

describe("SelfSignedCert", () => {
  it("writes the subject in the official order, each text in its plainest form", async () => {
    const { caCertPem } = await authority({
      subject: {
        serialNumber: "42",
        commonName: "*.lab.test",
        postalCode: "95559-1227",
        streetAddresses: ["5879 Cotton Link"],
        province: "CA",
        locality: "Pirate Harbor",
        organizationalUnit: "Testing",
        organization: "Example, Inc",
        country: "US",
        emailAddress: "a@lab.test",
      },
    });
    expect(new X509Certificate(caCertPem).subject.split("\n")).toEqual([
      "C=US",
      "O=Example\\, Inc",
      "OU=Testing",
      "L=Pirate Harbor",
      "ST=CA",
      "street=5879 Cotton Link",
      "postalCode=95559-1227",
      "CN=*.lab.test",
      "serialNumber=42",
      "emailAddress=a@lab.test",
    ]);
    const parsed = openssl("asn1parse", "-in", file("subject.pem", caCertPem));
    expect(parsed).toMatch(/PRINTABLESTRING +:Example, Inc/);
    expect(parsed).toMatch(/UTF8STRING +:\*\.lab\.test/);
    expect(parsed).toMatch(/IA5STRING +:a@lab\.test/);
  });

  it("makes an authority: critical constraints and usage, its own key id, nothing to point at", async () => {
    const { caCertPem } = await authority();
    const lines = printed(caCertPem);
    expect(after(lines, "X509v3 Basic Constraints: critical")).toBe("CA:TRUE");
    expect(after(lines, "X509v3 Key Usage: critical")).toBe("Certificate Sign, CRL Sign");
    expect(after(lines, "X509v3 Subject Key Identifier:")).toMatch(/^([0-9A-F]{2}:?){20}$/);
    expect(lines).not.toContain("X509v3 Authority Key Identifier:");
    expect(lines).not.toContain("X509v3 Extended Key Usage:");
    expect(new X509Certificate(caCertPem).ca).toBe(true);
  });

  it.each([
    [{ algorithm: "RSA" }, "sha256WithRSAEncryption", "RSA"],
    [{ algorithm: "ECDSA" }, "ecdsa-with-SHA256", "ECDSA"],
    [p256, "ecdsa-with-SHA256", "ECDSA"],
    [{ algorithm: "ECDSA", ecdsaCurve: "P384" }, "ecdsa-with-SHA384", "ECDSA"],
    [{ algorithm: "ECDSA", ecdsaCurve: "P521" }, "ecdsa-with-SHA512", "ECDSA"],
    [{ algorithm: "ED25519" }, "ED25519", "ED25519"],
  ])("signs with %j as %s", async (algorithm, signature, keyAlgorithm) => {
    const pem = await keyPem(algorithm);
    const made = await created(selfSignedCert, { privateKeyPem: pem, ...authorityInputs });
    const path = file("self.pem", made["certPem"] ?? "");
    expect(printed(made["certPem"] ?? "")).toContain(`Signature Algorithm: ${signature}`);
    expect(openssl("verify", "-check_ss_sig", "-CAfile", path, path)).toBe(`${path}: OK\n`);
    expect(made["keyAlgorithm"]).toBe(keyAlgorithm);
  });

  it("is valid from now for the given hours, as its outputs say", async () => {
    const made = await created(selfSignedCert, {
      privateKeyPem: await keyPem(),
      ...authorityInputs,
    });
    const cert = new X509Certificate(made["certPem"] ?? "");
    const start = Date.parse(made["validityStartTime"] ?? "");
    expect(made["validityStartTime"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect([Date.parse(cert.validFrom), Date.parse(cert.validTo)]).toEqual([
      start,
      start + 100 * 3_600_000,
    ]);
    expect(Date.parse(made["validityEndTime"] ?? "")).toBe(start + 100 * 3_600_000);
    expect(BigInt(made.id).toString(16)).toBe(cert.serialNumber.toLowerCase().replace(/^0+/, ""));
  });

  it("points at itself only if asked, and only if it has a key id", async () => {
    const inputs = {
      privateKeyPem: await keyPem(),
      subject: { commonName: "leaf" },
      ...leafInputs,
      setAuthorityKeyId: true,
    };
    const made = await created(selfSignedCert, { ...inputs, setSubjectKeyId: true });
    const lines = printed(made["certPem"] ?? "");
    expect(after(lines, "X509v3 Authority Key Identifier:")).toBe(
      after(lines, "X509v3 Subject Key Identifier:"),
    );
    await expect(created(selfSignedCert, inputs)).rejects.toThrow(
      "setAuthorityKeyId: needs setSubjectKeyId",
    );
  });

  it("refuses an authority without a name, and bad alternative names", async () => {
    const inputs = { privateKeyPem: await keyPem(), ...leafInputs };
    await expect(created(selfSignedCert, { ...inputs, isCaCertificate: true })).rejects.toThrow(
      "subject: a certificate authority must have at least one name",
    );
    await expect(created(selfSignedCert, { ...inputs, ipAddresses: ["1.2.3"] })).rejects.toThrow(
      'ipAddresses: "1.2.3" is not an IP address',
    );
    await expect(created(selfSignedCert, { ...inputs, dnsNames: ["müller.test"] })).rejects.toThrow(
      'dnsNames: "müller.test" must be plain ASCII',
    );
  });

  it("says nothing of a key that it cannot read", async () => {
    const inputs = { privateKeyPem: "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n", ...leafInputs };
    await expect(created(selfSignedCert, inputs)).rejects.toThrow(
      /^privateKeyPem: not a private key in PEM form \(PKCS#1, SEC 1 or PKCS#8, unencrypted\)$/,
    );
  });
});
