import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { IntermediateAuthority } from "../../certs/intermediate-authority.ts";
import { drain, find, record, valueOf, whole } from "../support/mocks.ts";

const authority = { certPem: "root.certPem", privateKeyPem: pulumi.secret("root.privateKeyPem") };
const subject = { commonName: "intermediate", organization: "example Inc." };

it("IntermediateAuthority is a key and a CA certificate that the authority above signs", async () => {
  const registered = await record();
  const made = new IntermediateAuthority("middle", {
    ...subject,
    authority,
    days: 30,
    keyAlgorithm: "ECDSA-P256",
  });
  await drain();
  expect(whole(registered)).toEqual([
    { type: "istio-lab:certs:IntermediateAuthority", name: "middle", inputs: {} },
    {
      type: "tls:index/locallySignedCert:LocallySignedCert",
      name: "middle-cert",
      inputs: {
        certRequestPem: "middle-request.certRequestPem",
        caCertPem: "root.certPem",
        caPrivateKeyPem: "root.privateKeyPem",
        allowedUses: ["cert_signing", "crl_signing"],
        validityPeriodHours: 720,
        isCaCertificate: true,
      },
    },
    {
      type: "tls:index/privateKey:PrivateKey",
      name: "middle-key",
      inputs: { algorithm: "ECDSA", ecdsaCurve: "P256" },
    },
    {
      type: "tls:index/certRequest:CertRequest",
      name: "middle-request",
      inputs: { privateKeyPem: "middle-key.privateKeyPem", subject },
    },
  ]);
  expect(find(registered, "middle-cert").secrets).toContain("caPrivateKeyPem");
  expect(await valueOf(made.certPem)).toBe("middle-cert.certPem");
  expect(await pulumi.isSecret(made.certPem)).toBe(false);
  expect(await pulumi.isSecret(made.privateKeyPem)).toBe(true);
});

it("is RSA 2048 for a year unless told otherwise", async () => {
  const registered = await record();
  new IntermediateAuthority("middle", { ...subject, authority });
  await drain();
  expect(find(registered, "middle-key").inputs).toEqual({ algorithm: "RSA", rsaBits: 2048 });
  expect(find(registered, "middle-cert").inputs).toMatchObject({ validityPeriodHours: 8760 });
});
