import type { Expectation } from "../expectation.ts";
import { foreignCaPem } from "../foreign-ca.ts";
import type { LabOutputs } from "../scenario.ts";
import { days, domain, place } from "./tls.ts";

const where = { C: place.country, ST: place.province, L: place.locality };
const root = { ...where, O: domain, CN: `ca.${domain}` };
const keyIds = ["Subject Key Identifier", "Authority Key Identifier"];

/** What the gateway judges clients by is the authority itself, not the leaf that it shows. */
export function clientsAuthority(lab: LabOutputs): Expectation {
  return {
    name: "the gateway judges clients by the authority's certificate",
    expected: `Secret fireflyclass-credential-cacert: CN ca.${domain}, CA`,
    check: {
      kind: "certificate",
      source: {
        secret: "fireflyclass-credential-cacert",
        namespace: "istio-system",
        key: "ca.crt",
      },
      expect: {
        subject: root,
        selfSigned: true,
        isCa: true,
        verifiedBy: lab.caCertPem ?? "no CA",
      },
    },
  };
}

/** The authority of Firefly Class and the certificate it signed: all that their makers wanted of them. */
export function certificatesProof(lab: LabOutputs): Expectation[] {
  const rsa = lab.keyAlgorithm.startsWith("RSA-");
  const key = rsa
    ? ({
        keyAlgorithm: "RSA",
        keyBits: Number(lab.keyAlgorithm.slice(4)),
        signatureAlgorithm: "sha256WithRSAEncryption",
      } as const)
    : ({ keyAlgorithm: "ECDSA" } as const);
  // A key that only signs has no use for the two encipherments.
  const encipherments = rsa ? ["Key Encipherment", "Data Encipherment"] : [];
  return [
    {
      name: "the authority signs itself, can sign and nothing else, and says so critically",
      expected: `CN ca.${domain}, CA, ${days} days, critical: Basic Constraints, Key Usage`,
      check: {
        kind: "certificate",
        source: { pem: lab.caCertPem ?? "" },
        expect: {
          subject: root,
          issuer: root,
          selfSigned: true,
          isCa: true,
          days,
          keyUsages: ["Certificate Sign", "CRL Sign"],
          extensions: ["Basic Constraints", "Key Usage", ...keyIds],
          criticalExtensions: ["Basic Constraints", "Key Usage"],
          ...key,
        },
      },
    },
    {
      name: `the gateway's certificate is for ${domain} and every host below it`,
      expected: `CN *.${domain}, ${days} days, server authentication`,
      check: {
        kind: "certificate",
        source: { secret: "fireflyclass-credential", namespace: "istio-system" },
        expect: {
          subject: { ...where, O: "FireflyClass", CN: `*.${domain}` },
          issuer: root,
          isCa: false,
          dnsNames: [`*.${domain}`, domain],
          days,
          keyUsages: ["Digital Signature", "Non Repudiation", ...encipherments],
          extendedKeyUsages: ["TLS Web Server Authentication"],
          verifiedBy: lab.caCertPem ?? "no CA",
          ...key,
        },
      },
    },
    {
      name: "the gateway's certificate does not verify against another authority",
      expected: "openssl verify refuses",
      check: {
        kind: "certificate",
        source: { secret: "fireflyclass-credential", namespace: "istio-system" },
        expect: { notVerifiedBy: foreignCaPem },
      },
    },
  ];
}
