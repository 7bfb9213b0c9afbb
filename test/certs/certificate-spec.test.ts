import { describe, expect, it } from "vitest";
import {
  authoritySpec,
  keySpec,
  leafSpec,
  type LeafIdentity,
} from "../../certs/certificate-spec.ts";

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

describe("leafSpec", () => {
  const subject = { commonName: "httpbin-0.example.com", organization: "httpbin organization" };
  const server: LeafIdentity = {
    subject,
    dnsNames: ["httpbin-0.example.com"],
    role: "server",
    moreUses: [],
    days: 90,
    keyAlgorithm: "RSA-2048",
  };

  it("is for its host and its role alone", () => {
    expect(leafSpec(server)).toEqual({
      subject,
      dnsNames: ["httpbin-0.example.com"],
      allowedUses: ["key_encipherment", "digital_signature", "server_auth"],
      validityPeriodHours: 2160,
      isCaCertificate: false,
    });
  });

  it.each([
    ["server", "RSA-2048", ["key_encipherment", "digital_signature", "server_auth"]],
    ["client", "RSA-2048", ["key_encipherment", "digital_signature", "client_auth"]],
    ["server", "ECDSA-P256", ["digital_signature", "server_auth"]],
    ["client", "ECDSA-P384", ["digital_signature", "client_auth"]],
  ] as const)("of a %s with a key %s can %j", (role, keyAlgorithm, uses) => {
    expect(leafSpec({ ...server, role, keyAlgorithm }).allowedUses).toEqual(uses);
  });

  it.each([
    [
      "RSA-2048",
      ["key_encipherment", "digital_signature", "content_commitment", "data_encipherment"],
    ],
    ["ECDSA-P256", ["digital_signature", "content_commitment"]],
  ] as const)("adds the uses asked for that a key %s has", (keyAlgorithm, uses) => {
    const moreUses = ["content_commitment", "data_encipherment"];
    expect(leafSpec({ ...server, moreUses, keyAlgorithm }).allowedUses).toEqual([
      ...uses,
      "server_auth",
    ]);
  });
});
