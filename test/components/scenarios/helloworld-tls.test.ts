import { describe, expect, it } from "vitest";
import type { Expectation } from "../../../components/scenarios/expectation.ts";
import { helloworldTls } from "../../../components/scenarios/helloworld-tls.ts";
import { buildStep } from "../../support/build-step.ts";
import { labOutputs } from "../../support/lab.ts";
import { find, listed, type Registration } from "../../support/mocks.ts";

const id = "helloworld-tls";
const host = "helloworld.fireflyclass.com";
const place = { country: "US", province: "Colorado", locality: "Boulder" };

const ca = (name: string): string[] => [
  `istio-lab:certs:CertificateAuthority ${name}`,
  `tls:index/privateKey:PrivateKey ${name}-key`,
  `tls:index/selfSignedCert:SelfSignedCert ${name}-cert`,
];
const leaf = (name: string, secret: string): string[] => [
  `istio-lab:certs:LeafCertificate ${name}`,
  `tls:index/privateKey:PrivateKey ${name}-key-1`,
  `tls:index/certRequest:CertRequest ${name}-request-1`,
  `tls:index/locallySignedCert:LocallySignedCert ${name}-cert-1`,
  `istio-lab:ingress:IngressCredential ${secret}`,
  `kubernetes:core/v1:Secret ${secret}`,
];
const always = [
  "istio-lab:mesh:NamespaceInjection default",
  "kubernetes:core/v1:NamespacePatch default",
  "kubernetes:apps/v1:Deployment default/helloworld",
  "kubernetes:core/v1:Service default/helloworld",
  "kubernetes:core/v1:ServiceAccount default/helloworld",
  "kubernetes:networking.istio.io/v1:Gateway istio-system/ingressgateway",
  "kubernetes:networking.istio.io/v1:Gateway istio-system/ingressgateway-tls",
  "kubernetes:networking.istio.io/v1:VirtualService default/helloworld",
  ...ca("fireflyclass-ca"),
  ...leaf("fireflyclass", "istio-system/fireflyclass-credential"),
];
const mutual = [
  "kubernetes:core/v1:Secret istio-system/fireflyclass-credential-cacert",
  ...leaf("fireflyclass-client", "default/client"),
  ...ca("fireflyclass-foreign-ca"),
  ...leaf("fireflyclass-foreign-client", "default/foreign-client"),
];

const serversOf = (registered: readonly Registration[], name: string): unknown =>
  (
    find(registered, `istio-system/${name}`, "kubernetes:networking.istio.io/v1:Gateway").inputs[
      "spec"
    ] as { servers: unknown }
  ).servers;

describe("each step", () => {
  it.each([
    ["tls", always],
    ["tls-redirect", always],
    ["mutual", [...always, ...mutual]],
  ])("%s is just its resources", async (step, expected) => {
    expect(listed(await buildStep(id, step))).toEqual([...expected].sort());
  });

  it.each([
    ["tls", "SIMPLE", {}],
    ["tls-redirect", "SIMPLE", { tls: { httpsRedirect: true } }],
    ["mutual", "MUTUAL", { tls: { httpsRedirect: true } }],
  ])("%s has port 443 in mode %s", async (step, mode, redirect) => {
    const registered = await buildStep(id, step);
    expect(serversOf(registered, "ingressgateway")).toEqual([
      { port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"], ...redirect },
    ]);
    expect(serversOf(registered, "ingressgateway-tls")).toEqual([
      {
        port: { number: 443, name: "https", protocol: "HTTPS" },
        hosts: ["*"],
        tls: { mode, credentialName: "fireflyclass-credential" },
      },
    ]);
  });

  it("binds the route to both gateways", async () => {
    const { inputs } = find(
      await buildStep(id, "tls"),
      "default/helloworld",
      "kubernetes:networking.istio.io/v1:VirtualService",
    );
    expect(inputs["spec"]).toMatchObject({
      gateways: ["istio-system/ingressgateway", "istio-system/ingressgateway-tls"],
    });
  });

  it("makes the Gateway once its Secrets are there", async () => {
    const gateway = find(await buildStep(id, "mutual"), "istio-system/ingressgateway-tls");
    expect(gateway.waitsFor).toEqual(
      expect.arrayContaining([
        "istio-system/fireflyclass-credential",
        "istio-system/fireflyclass-credential-cacert",
      ]),
    );
  });
});

describe("certificates", () => {
  it("come from an authority of ten years that may sign", async () => {
    const { inputs } = find(await buildStep(id, "tls"), "fireflyclass-ca-cert");
    expect(inputs).toEqual({
      privateKeyPem: "fireflyclass-ca-key.privateKeyPem",
      subject: { ...place, organization: "fireflyclass.com", commonName: "ca.fireflyclass.com" },
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: 87_600,
      isCaCertificate: true,
      setAuthorityKeyId: true,
    });
  });

  it("are for the domain and all hosts below it", async () => {
    const registered = await buildStep(id, "tls");
    expect(find(registered, "fireflyclass-request-1").inputs).toEqual({
      privateKeyPem: "fireflyclass-key-1.privateKeyPem",
      subject: { ...place, organization: "FireflyClass", commonName: "*.fireflyclass.com" },
      dnsNames: ["*.fireflyclass.com", "fireflyclass.com"],
    });
    expect(find(registered, "fireflyclass-cert-1").inputs).toMatchObject({
      allowedUses: [
        "key_encipherment",
        "digital_signature",
        "content_commitment",
        "data_encipherment",
        "server_auth",
      ],
      validityPeriodHours: 87_600,
      isCaCertificate: false,
    });
  });

  it.each([
    ["fireflyclass-client", "fireflyclass-ca"],
    ["fireflyclass-foreign-client", "fireflyclass-foreign-ca"],
  ])("%s is a client's, signed by %s", async (name, authority) => {
    const { inputs } = find(await buildStep(id, "mutual"), `${name}-cert-1`);
    expect(inputs).toMatchObject({
      caCertPem: `${authority}-cert.certPem`,
      allowedUses: ["key_encipherment", "digital_signature", "client_auth"],
    });
  });

  it("hands clients' authority to the gateway, and not the leaf", async () => {
    const name = "istio-system/fireflyclass-credential-cacert";
    const { inputs } = find(await buildStep(id, "mutual"), name);
    expect(inputs["stringData"]).toEqual({ "ca.crt": "fireflyclass-ca-cert.certPem" });
  });
});

describe("rows", () => {
  const row = (step: string, name: RegExp, more = {}): Expectation | undefined =>
    helloworldTls.proof(labOutputs(step, 0, more), step).find((one) => name.test(one.name));

  it("say all that the authority must be", () => {
    const name = { C: "US", ST: "Colorado", L: "Boulder", O: "fireflyclass.com" };
    const subject = { ...name, CN: "ca.fireflyclass.com" };
    expect(row("tls", /^the authority/)?.check).toEqual({
      kind: "certificate",
      source: { pem: "the CA's certificate" },
      expect: {
        subject,
        issuer: subject,
        selfSigned: true,
        isCa: true,
        days: 3650,
        keyUsages: ["Certificate Sign", "CRL Sign"],
        extensions: [
          "Basic Constraints",
          "Key Usage",
          "Subject Key Identifier",
          "Authority Key Identifier",
        ],
        criticalExtensions: ["Basic Constraints", "Key Usage"],
        keyAlgorithm: "RSA",
        keyBits: 2048,
        signatureAlgorithm: "sha256WithRSAEncryption",
      },
    });
  });

  it.each([
    ["RSA-2048", ["Key Encipherment", "Data Encipherment"]],
    ["ECDSA-P256", []],
  ])("say what a leaf with a key %s may do", (keyAlgorithm, encipherments) => {
    expect(row("tls", /every host below it$/, { keyAlgorithm })?.check).toMatchObject({
      expect: {
        subject: {
          C: "US",
          ST: "Colorado",
          L: "Boulder",
          O: "FireflyClass",
          CN: "*.fireflyclass.com",
        },
        dnsNames: ["*.fireflyclass.com", "fireflyclass.com"],
        isCa: false,
        days: 3650,
        keyUsages: ["Digital Signature", "Non Repudiation", ...encipherments],
        extendedKeyUsages: ["TLS Web Server Authentication"],
        verifiedBy: "the CA's certificate",
      },
    });
  });

  it("greet over HTTPS and HTTP at tls, and do not know the authority without being told", () => {
    expect(row("tls", /verified certificate$/)?.check).toMatchObject({
      url: `https://${host}:8443/`,
      trust: "lab",
      expect: { status: [200] },
    });
    expect(row("tls", /^http:.* greets$/)?.check).toMatchObject({ expect: { status: [200] } });
    expect(row("tls", /does not know the authority$/)).toMatchObject({
      negative: true,
      check: { trust: "system", expect: { exit: [60] } },
    });
  });

  it.each(["tls-redirect", "mutual"])("are sent from HTTP to HTTPS at %s", (step) => {
    expect(row(step, /sent to HTTPS$/)?.check).toMatchObject({
      method: "HEAD",
      url: `http://${host}:8080/`,
      headers: { host },
      expect: { status: [301], headers: { location: { contains: [`https://${host}/`] } } },
    });
    expect(row(step, /^http:.* greets$/)).toBeUndefined();
  });

  it.each([
    ["without a certificate", undefined],
    ["with a certificate of another authority", "default/foreign-client"],
  ])("refuse a client %s at mutual", (who, clientCertificate) => {
    const found = row("mutual", new RegExp(`refuses a client ${who}$`));
    expect(found).toMatchObject({ negative: true, check: { expect: { exit: [35, 56] } } });
    expect((found?.check as { clientCertificate?: string }).clientCertificate).toBe(
      clientCertificate,
    );
  });

  it("find the authority's certificate, and no leaf, in what clients are judged by at mutual", () => {
    const name = /judges clients/;
    expect(row("tls-redirect", name)).toBeUndefined();
    expect(row("mutual", name)?.check).toMatchObject({
      source: {
        secret: "fireflyclass-credential-cacert",
        namespace: "istio-system",
        key: "ca.crt",
      },
      expect: {
        subject: { O: "fireflyclass.com", CN: "ca.fireflyclass.com" },
        selfSigned: true,
        isCa: true,
        verifiedBy: "the CA's certificate",
      },
    });
  });

  it("greet a client that shows its certificate at mutual", () => {
    expect(row("mutual", /certificate of the authority$/)?.check).toMatchObject({
      trust: "lab",
      clientCertificate: "default/client",
      expect: { status: [200] },
    });
  });
});
