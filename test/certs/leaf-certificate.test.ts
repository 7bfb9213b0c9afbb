import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { LeafCertificate } from "../../certs/leaf-certificate.ts";
import { drain, essence, record, valueOf, type Registration } from "../support/mocks.ts";

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

describe("LeafCertificate", () => {
  const args = {
    host: "httpbin-0.example.com",
    organization: "httpbin organization",
    authority: { certPem: "the CA", privateKeyPem: pulumi.secret("its key") },
  };

  it("is a key, a request and a certificate that the authority signs", async () => {
    new LeafCertificate("httpbin-0", { ...args, days: 90, epoch: 3 });
    await drain();
    expect(registered.map(essence)).toEqual([
      { type: "istio-lab:certs:LeafCertificate", name: "httpbin-0", inputs: {}, secrets: [] },
      {
        type: "tls:index/privateKey:PrivateKey",
        name: "httpbin-0-key-3",
        inputs: { algorithm: "RSA", rsaBits: 2048 },
        secrets: [],
      },
      {
        type: "tls:index/certRequest:CertRequest",
        name: "httpbin-0-request-3",
        inputs: {
          privateKeyPem: "httpbin-0-key-3.privateKeyPem",
          subject: { commonName: "httpbin-0.example.com", organization: "httpbin organization" },
          dnsNames: ["httpbin-0.example.com"],
        },
        secrets: ["privateKeyPem"],
      },
      {
        type: "tls:index/locallySignedCert:LocallySignedCert",
        name: "httpbin-0-cert-3",
        inputs: {
          certRequestPem: "httpbin-0-request-3.certRequestPem",
          caCertPem: "the CA",
          caPrivateKeyPem: "its key",
          allowedUses: ["key_encipherment", "digital_signature", "server_auth"],
          validityPeriodHours: 2160,
          isCaCertificate: false,
        },
        secrets: ["caPrivateKeyPem"],
      },
    ]);
  });

  it("is for a client, who has no host, when asked for", async () => {
    new LeafCertificate("client", { ...args, host: "student", role: "client" });
    await drain();
    expect(registered[2]?.inputs).toMatchObject({
      subject: { commonName: "student", organization: "httpbin organization" },
      dnsNames: [],
    });
    expect(registered[3]?.inputs).toMatchObject({
      allowedUses: ["key_encipherment", "digital_signature", "client_auth"],
    });
  });

  it("takes a place, more names and more usages", async () => {
    const place = { country: "US", province: "Colorado", locality: "Boulder" };
    const dnsNames = ["*.example.com", "example.com"];
    new LeafCertificate("one", { ...args, place, dnsNames, moreUses: ["content_commitment"] });
    await drain();
    expect(registered[2]?.inputs).toMatchObject({
      subject: { commonName: args.host, organization: args.organization, ...place },
      dnsNames,
    });
    expect(registered[3]?.inputs).toMatchObject({
      allowedUses: ["key_encipherment", "digital_signature", "content_commitment", "server_auth"],
    });
  });

  it("changes every name but its own with the epoch, so that the new pair comes before the old one goes", async () => {
    new LeafCertificate("one", args);
    await drain();
    const before = registered.splice(0).map(({ name }) => name);
    new LeafCertificate("one", { ...args, epoch: 2 });
    await drain();
    expect(before).toEqual(["one", "one-key-1", "one-request-1", "one-cert-1"]);
    expect(registered.map(({ name }) => name)).toEqual([
      "one",
      "one-key-2",
      "one-request-2",
      "one-cert-2",
    ]);
  });

  it("gives its certificate in clear and its key as a secret", async () => {
    const leaf = new LeafCertificate("one", args);
    await drain();
    expect(await valueOf(leaf.certPem)).toBe("one-cert-1.certPem");
    expect(await pulumi.isSecret(leaf.certPem)).toBe(false);
    expect(await valueOf(leaf.privateKeyPem)).toBe("one-key-1.privateKeyPem");
    expect(await pulumi.isSecret(leaf.privateKeyPem)).toBe(true);
  });
});
