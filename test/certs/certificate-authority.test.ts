import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { CertificateAuthority } from "../../certs/certificate-authority.ts";
import { drain, essence, record, valueOf, type Registration } from "../support/mocks.ts";

const parent = "urn:pulumi:dev::istio-lab::istio-lab:certs:CertificateAuthority";
let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

describe("CertificateAuthority", () => {
  const subject = { commonName: "example.com", organization: "example Inc." };

  it("is a key and a certificate that it signs itself", async () => {
    new CertificateAuthority("ca", { ...subject, days: 30, keyAlgorithm: "ECDSA-P256" });
    await drain();
    expect(registered.map(essence)).toEqual([
      {
        type: "istio-lab:certs:CertificateAuthority",
        name: "ca",
        inputs: {},
        secrets: [],
      },
      {
        type: "tls:index/privateKey:PrivateKey",
        name: "ca-key",
        inputs: { algorithm: "ECDSA", ecdsaCurve: "P256" },
        secrets: [],
      },
      {
        type: "tls:index/selfSignedCert:SelfSignedCert",
        name: "ca-cert",
        inputs: {
          privateKeyPem: "ca-key.privateKeyPem",
          subject,
          allowedUses: ["cert_signing", "crl_signing"],
          validityPeriodHours: 720,
          isCaCertificate: true,
          setAuthorityKeyId: true,
        },
        secrets: ["privateKeyPem"],
      },
    ]);
  });

  it("is RSA 2048 for a year unless told otherwise", async () => {
    new CertificateAuthority("ca", subject);
    await drain();
    expect(registered[1]?.inputs).toEqual({ algorithm: "RSA", rsaBits: 2048 });
    expect(registered[2]?.inputs).toMatchObject({ validityPeriodHours: 8760 });
  });

  it("has its place in its name", async () => {
    const place = { country: "US", province: "Colorado", locality: "Boulder" };
    new CertificateAuthority("ca", { ...subject, place });
    await drain();
    expect(registered[2]?.inputs).toMatchObject({ subject: { ...subject, ...place } });
  });

  it("gives its certificate in clear and its key as a secret", async () => {
    const ca = new CertificateAuthority("ca", subject);
    await drain();
    expect(await valueOf(ca.certPem)).toBe("ca-cert.certPem");
    expect(await pulumi.isSecret(ca.certPem)).toBe(false);
    expect(await valueOf(ca.privateKeyPem)).toBe("ca-key.privateKeyPem");
    expect(await pulumi.isSecret(ca.privateKeyPem)).toBe(true);
    expect(await valueOf(ca.urn)).toBe(`${parent}::ca`);
  });
});
