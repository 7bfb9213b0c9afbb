import { describe, expect, it } from "vitest";
import { httpbinHttps } from "../../../components/scenarios/httpbin-https.ts";
import { buildStep } from "../../support/build-step.ts";
import { labOutputs } from "../../support/lab.ts";
import { find, listed } from "../../support/mocks.ts";

const build = (raw: Readonly<Record<string, string>> = {}): ReturnType<typeof buildStep> =>
  buildStep("httpbin-https", "server-cert", raw);

describe("httpbin-https", () => {
  it("is a chain of three certificates, a Secret, httpbin, a Gateway and a VirtualService", async () => {
    expect(listed(await build())).toEqual(
      [
        "istio-lab:mesh:NamespaceInjection default",
        "kubernetes:core/v1:NamespacePatch default",
        "istio-lab:certs:CertificateAuthority httpbin-https-root",
        "tls:index/privateKey:PrivateKey httpbin-https-root-key",
        "tls:index/selfSignedCert:SelfSignedCert httpbin-https-root-cert",
        "istio-lab:certs:IntermediateAuthority httpbin-https-intermediate",
        "tls:index/privateKey:PrivateKey httpbin-https-intermediate-key",
        "tls:index/certRequest:CertRequest httpbin-https-intermediate-request",
        "tls:index/locallySignedCert:LocallySignedCert httpbin-https-intermediate-cert",
        "istio-lab:certs:LeafCertificate httpbin-https-leaf",
        "tls:index/privateKey:PrivateKey httpbin-https-leaf-key-1",
        "tls:index/certRequest:CertRequest httpbin-https-leaf-request-1",
        "tls:index/locallySignedCert:LocallySignedCert httpbin-https-leaf-cert-1",
        "istio-lab:ingress:IngressCredential istio-system/istio-ingressgateway-certs",
        "kubernetes:core/v1:Secret istio-system/istio-ingressgateway-certs",
        "kubernetes:apps/v1:Deployment default/httpbin",
        "kubernetes:core/v1:Service default/httpbin",
        "kubernetes:core/v1:ServiceAccount default/httpbin",
        "kubernetes:networking.istio.io/v1:Gateway default/httpbin-gateway",
        "kubernetes:networking.istio.io/v1:VirtualService default/httpbin",
      ].sort(),
    );
  });

  it("has each certificate signed by the one above it", async () => {
    const registered = await build({ certificateDays: "30", certificateEpoch: "2" });
    expect(find(registered, "httpbin-https-root-cert").inputs).toMatchObject({
      subject: { commonName: "httpbin root CA", organization: "example Inc." },
      isCaCertificate: true,
      validityPeriodHours: 720,
    });
    expect(find(registered, "httpbin-https-intermediate-cert").inputs).toMatchObject({
      certRequestPem: "httpbin-https-intermediate-request.certRequestPem",
      caCertPem: "httpbin-https-root-cert.certPem",
      caPrivateKeyPem: "httpbin-https-root-key.privateKeyPem",
      isCaCertificate: true,
      validityPeriodHours: 720,
    });
    expect(find(registered, "httpbin-https-leaf-cert-2").inputs).toMatchObject({
      caCertPem: "httpbin-https-intermediate-cert.certPem",
      caPrivateKeyPem: "httpbin-https-intermediate-key.privateKeyPem",
      isCaCertificate: false,
      allowedUses: ["key_encipherment", "digital_signature", "server_auth"],
    });
    expect(find(registered, "httpbin-https-leaf-request-2").inputs).toMatchObject({
      subject: { commonName: "httpbin.example.com", organization: "httpbin organization" },
      dnsNames: ["httpbin.example.com"],
    });
  });

  it("puts leaf and intermediate, not the root, beside the gateway, the key as a secret", async () => {
    const secret = find(
      await build(),
      "istio-system/istio-ingressgateway-certs",
      "kubernetes:core/v1:Secret",
    );
    expect(secret.inputs).toMatchObject({
      type: "kubernetes.io/tls",
      stringData: {
        "tls.crt": "httpbin-https-leaf-cert-1.certPemhttpbin-https-intermediate-cert.certPem",
        "tls.key": "httpbin-https-leaf-key-1.privateKeyPem",
      },
    });
    expect(secret.secrets.some((path) => "stringData.tls.key".startsWith(path))).toBe(true);
  });

  it("answers 443 for its host with that Secret", async () => {
    expect(find(await build(), "default/httpbin-gateway").inputs["spec"]).toEqual({
      selector: { istio: "ingressgateway" },
      servers: [
        {
          port: { number: 443, name: "https", protocol: "HTTPS" },
          tls: { mode: "SIMPLE", credentialName: "istio-ingressgateway-certs" },
          hosts: ["httpbin.example.com"],
        },
      ],
    });
  });
});

describe("its proof", () => {
  const rows = httpbinHttps.proof(labOutputs("server-cert"), "server-cert");
  const check = (part: string): unknown => rows.find(({ name }) => name.includes(part))?.check;

  it("has a row for each certificate and each way to call", () => {
    expect(rows.map(({ name, negative = false }) => [name, negative])).toEqual([
      ["the root signs itself", false],
      [
        "Secret istio-ingressgateway-certs holds the leaf and its intermediate, which lead to the root",
        false,
      ],
      ["the gateway shows the whole chain: leaf, intermediate, and the root behind them", false],
      ["https://httpbin.example.com is answered to a client that trusts the root alone", false],
      ["a client that trusts no lab CA refuses the certificate", true],
      ["a client that trusts another CA refuses the certificate", true],
      ["a path without a route is not found", true],
      ["another host meets no server", true],
      ["plain HTTP is not answered", true],
    ]);
  });

  it("wants a teapot, and a chain of three", () => {
    expect(check("trusts the root alone")).toMatchObject({
      url: "https://httpbin.example.com:8443/status/418",
      trust: "lab",
      expect: { status: [418], body: { contains: ["teapot"] } },
    });
    expect(check("whole chain")).toMatchObject({
      source: { servedBy: "127.0.0.1", port: 8443, sni: "httpbin.example.com" },
      expect: {
        issuer: { O: "example Inc.", CN: "httpbin intermediate CA" },
        chain: [
          {
            subject: { O: "example Inc.", CN: "httpbin intermediate CA" },
            issuer: { O: "example Inc.", CN: "httpbin root CA" },
            isCa: true,
          },
        ],
        verifiedBy: "the CA's certificate",
      },
    });
    expect(check("no lab CA")).toMatchObject({ trust: "system", expect: { exit: [60] } });
  });
});
