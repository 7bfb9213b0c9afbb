import type { CertificateCheck, CertificateSource } from "../checks/certificate.ts";
import type { Expectation } from "../expectation.ts";
import { foreignCaPem } from "../foreign-ca.ts";
import type { LabOutputs } from "../scenario.ts";

/** The root CA, and in each Secret a leaf certificate of its own. */
export function certificatesProof(lab: LabOutputs): Expectation[] {
  const root = { O: "example Inc.", CN: lab.domain };
  const key = lab.keyAlgorithm.startsWith("RSA-")
    ? ({
        keyAlgorithm: "RSA",
        keyBits: Number(lab.keyAlgorithm.slice(4)),
        signatureAlgorithm: "sha256WithRSAEncryption",
      } as const)
    : ({ keyAlgorithm: "ECDSA" } as const);
  const leaves = lab.hosts.flatMap((name, ordinal): Expectation[] => {
    const source = secretOf(ordinal);
    const certificate = (expect: CertificateCheck["expect"]): CertificateCheck => ({
      kind: "certificate",
      source,
      expect,
    });
    return [
      {
        name: `leaf certificate ${ordinal} is for ${name} alone, and for servers only`,
        expected: `CN ${name}, O httpbin organization, ${lab.certificateDays} days, server authentication`,
        check: certificate({
          subject: { CN: name, O: "httpbin organization" },
          issuer: root,
          dnsNames: [name],
          isCa: false,
          days: lab.certificateDays,
          extendedKeyUsages: ["TLS Web Server Authentication"],
          verifiedBy: lab.caCertPem ?? "no CA",
          // Each leaf has a serial number of its own: it differs from its neighbour's.
          ...(ordinal > 0 ? { serialUnlike: secretOf(ordinal - 1) } : {}),
          ...key,
        }),
      },
      {
        name: `leaf certificate ${ordinal} does not verify against another CA`,
        expected: "openssl verify refuses",
        check: certificate({ notVerifiedBy: foreignCaPem }),
      },
      {
        name: `Secret httpbin-${ordinal}-credential is of type kubernetes.io/tls`,
        expected: "type kubernetes.io/tls in istio-system",
        check: {
          kind: "object",
          resource: "secret",
          name: `httpbin-${ordinal}-credential`,
          namespace: "istio-system",
          expect: [{ path: "type", equals: "kubernetes.io/tls" }],
        },
      },
    ];
  });
  return [
    {
      name: "root CA signs itself and can sign, nothing else",
      expected: `O example Inc., CN ${lab.domain}, CA, ${lab.certificateDays} days`,
      check: {
        kind: "certificate",
        source: { pem: lab.caCertPem ?? "" },
        expect: {
          subject: root,
          issuer: root,
          selfSigned: true,
          isCa: true,
          days: lab.certificateDays,
          keyUsages: ["Certificate Sign", "CRL Sign"],
          extendedKeyUsages: [],
          ...key,
        },
      },
    },
    ...leaves,
  ];
}

function secretOf(ordinal: number): CertificateSource {
  return { secret: `httpbin-${ordinal}-credential`, namespace: "istio-system" };
}
