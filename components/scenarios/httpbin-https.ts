import * as pulumi from "@pulumi/pulumi";
import { CertificateAuthority } from "../../certs/certificate-authority.ts";
import { IntermediateAuthority } from "../../certs/intermediate-authority.ts";
import { LeafCertificate } from "../../certs/leaf-certificate.ts";
import { IngressCredential } from "../ingress/ingress-credential.ts";
import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import { httpCall, httpsCall, notAnswered } from "./calls.ts";
import type { Expectation } from "./expectation.ts";
import { foreignCaPem } from "./foreign-ca.ts";
import type { Lab, LabOutputs, Scenario, ScenarioOutputs } from "./scenario.ts";

const host = "httpbin.example.com";
const secretName = "istio-ingressgateway-certs";
const root = { O: "example Inc.", CN: "httpbin root CA" };
const intermediate = { O: "example Inc.", CN: "httpbin intermediate CA" };
const organization = "httpbin organization";

/** HTTPS with a certificate that an intermediate authority signed. */
export const httpbinHttps: Scenario = {
  id: "httpbin-https",
  title: "HTTPS ingress with a chain of certificates",
  about:
    "The gateway shows a leaf and the intermediate that signed it; a client that trusts the root alone can verify both.",
  images: ["httpbin"],
  steps: [
    {
      id: "server-cert",
      about: "root, intermediate and leaf; the gateway has the last two and answers over TLS",
    },
  ],
  build,
  proof,
  tryIt,
  lookFor: () => [
    "418 and a teapot over TLS that curl verified against the root alone",
    "openssl shows two certificates: the leaf, and the intermediate whose issuer is the root",
    "without --cacert curl refuses with exit 60: nobody else trusts this root",
  ],
};

function build(lab: Lab): ScenarioOutputs {
  const { certificateDays: days, keyAlgorithm, certificateEpoch: epoch } = lab.config;
  const top = new CertificateAuthority(
    "httpbin-https-root",
    { commonName: root.CN, organization: root.O, days, keyAlgorithm },
    lab.stageOpts,
  );
  const middle = new IntermediateAuthority(
    "httpbin-https-intermediate",
    {
      commonName: intermediate.CN,
      organization: intermediate.O,
      authority: top,
      days,
      keyAlgorithm,
    },
    lab.stageOpts,
  );
  const leaf = new LeafCertificate(
    "httpbin-https-leaf",
    { host, organization, authority: middle, days, keyAlgorithm, epoch },
    lab.stageOpts,
  );
  new IngressCredential(
    `istio-system/${secretName}`,
    {
      secretName,
      namespace: lab.istioNamespace,
      certPem: pulumi.concat(leaf.certPem, middle.certPem),
      privateKeyPem: leaf.privateKeyPem,
    },
    lab.clusterOpts,
  );
  applyObjects(readManifest("httpbin/httpbin.yaml", lab.supply), lab.meshOpts);
  applyObjects(readManifest("httpbin-https/gateway.yaml", lab.supply), lab.meshOpts);
  return { hosts: [host], caCertPem: top.certPem };
}

function proof(lab: LabOutputs): readonly Expectation[] {
  return [...chainProof(lab), ...callsProof(lab)];
}

/** What is in the Secret, and what the gateway shows of it. */
function chainProof(lab: LabOutputs): readonly Expectation[] {
  const ca = lab.caCertPem ?? "no CA";
  return [
    {
      name: "the root signs itself",
      expected: `CN ${root.CN}, a CA`,
      check: {
        kind: "certificate",
        source: { pem: ca },
        expect: {
          subject: root,
          selfSigned: true,
          isCa: true,
          keyUsages: ["Certificate Sign", "CRL Sign"],
          days: lab.certificateDays,
        },
      },
    },
    {
      name: `Secret ${secretName} holds the leaf and its intermediate, which lead to the root`,
      expected: `CN ${host}, issued by ${intermediate.CN}, ${lab.certificateDays} days, server authentication`,
      check: {
        kind: "certificate",
        source: { secret: secretName, namespace: "istio-system" },
        expect: {
          subject: { O: organization, CN: host },
          issuer: intermediate,
          dnsNames: [host],
          isCa: false,
          days: lab.certificateDays,
          extendedKeyUsages: ["TLS Web Server Authentication"],
          chain: [{ subject: intermediate, issuer: root, isCa: true }],
          verifiedBy: ca,
          notVerifiedBy: foreignCaPem,
        },
      },
    },
    {
      name: "the gateway shows the whole chain: leaf, intermediate, and the root behind them",
      expected: `${host} < ${intermediate.CN} < ${root.CN}`,
      check: {
        kind: "certificate",
        source: { servedBy: lab.gatewayAddress, port: lab.httpsPort, sni: host },
        expect: {
          subject: { O: organization, CN: host },
          issuer: intermediate,
          chain: [{ subject: intermediate, issuer: root, isCa: true }],
          verifiedBy: ca,
        },
      },
    },
  ];
}

function callsProof(lab: LabOutputs): readonly Expectation[] {
  const headers = { Host: host };
  const teapot = { status: [418], body: { contains: ["teapot"] } };
  const refused = (trusted: string, trust: "system" | { readonly pem: string }): Expectation => ({
    name: `a client that trusts ${trusted} refuses the certificate`,
    expected: "exit 60: unknown CA",
    negative: true,
    check: httpsCall(lab, host, "/status/418", { headers, trust, expect: { exit: [60] } }),
  });
  return [
    {
      name: `https://${host} is answered to a client that trusts the root alone`,
      expected: "418, a teapot",
      check: httpsCall(lab, host, "/status/418", { headers, expect: teapot }),
    },
    refused("no lab CA", "system"),
    refused("another CA", { pem: foreignCaPem }),
    {
      name: "a path without a route is not found",
      expected: "404",
      negative: true,
      check: httpsCall(lab, host, "/headers", { headers, expect: { status: [404] } }),
    },
    {
      name: "another host meets no server",
      expected: "exit 35: TLS handshake refused",
      negative: true,
      check: httpsCall(lab, "other.example.com", "/status/418", { expect: { exit: [35] } }),
    },
    notAnswered("plain HTTP is not answered", httpCall(lab, host, "/status/418")),
  ];
}

function tryIt(lab: LabOutputs): readonly string[] {
  const at = `${host}:${lab.httpsPort}`;
  const call = `--resolve ${at}:${lab.gatewayAddress} https://${at}/status/418`;
  return [
    `curl -sS -i --cacert ${lab.caCertPath} ${call}`,
    `curl -sS ${call}`,
    `openssl s_client -connect ${lab.gatewayAddress}:${lab.httpsPort} -servername ${host} -showcerts </dev/null | grep -E ' [si]:'`,
  ];
}
