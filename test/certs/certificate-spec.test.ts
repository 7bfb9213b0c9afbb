import { describe, expect, it } from "vitest";
import { authoritySpec, keySpec, serverSpec } from "../../certs/certificate-spec.ts";

describe("keySpec", () => {
  it.each([
    ["RSA-2048", { algorithm: "RSA", rsaBits: 2048 }],
    ["RSA-4096", { algorithm: "RSA", rsaBits: 4096 }],
    ["ECDSA-P256", { algorithm: "ECDSA", ecdsaCurve: "P256" }],
    ["ECDSA-P384", { algorithm: "ECDSA", ecdsaCurve: "P384" }],
  ] as const)("%s", (keyAlgorithm, expected) => {
    expect(keySpec(keyAlgorithm)).toEqual(expected);
  });
});

describe("authoritySpec", () => {
  it("can sign and nothing else, for whole days", () => {
    const subject = { commonName: "example.com", organization: "example Inc." };
    expect(authoritySpec(subject, 365)).toEqual({
      subject,
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: 8760,
      isCaCertificate: true,
    });
  });
});

describe("serverSpec", () => {
  const identity = {
    host: "httpbin-0.example.com",
    organization: "httpbin organization",
    days: 90,
  };

  it("names its host as subject and as alternative name", () => {
    expect(serverSpec({ ...identity, keyAlgorithm: "RSA-2048" })).toEqual({
      subject: { commonName: "httpbin-0.example.com", organization: "httpbin organization" },
      dnsNames: ["httpbin-0.example.com"],
      allowedUses: ["key_encipherment", "digital_signature", "server_auth"],
      validityPeriodHours: 2160,
      isCaCertificate: false,
    });
  });

  it("has no key encipherment with an ECDSA key", () => {
    expect(serverSpec({ ...identity, keyAlgorithm: "ECDSA-P256" }).allowedUses).toEqual([
      "digital_signature",
      "server_auth",
    ]);
  });
});
