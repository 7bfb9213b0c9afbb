import { describe, expect, it } from "vitest";
import { buildStep } from "../../support/build-step.ts";
import { find } from "../../support/mocks.ts";

const ordinals = (replicas: number): number[] => [...Array(replicas).keys()];
/** What every object of the lab carries. */
const annotations = { "pulumi.com/deletionPropagationPolicy": "background" };

describe("certificates", () => {
  it("come from config: domain, days, key, epoch", async () => {
    const registered = await buildStep("tls-assets", {
      domain: "lab.test",
      certificateDays: "30",
      keyAlgorithm: "ECDSA-P256",
      certificateEpoch: "7",
    });
    expect(find(registered, "ca-cert").inputs).toMatchObject({
      subject: { commonName: "lab.test", organization: "example Inc." },
      validityPeriodHours: 720,
    });
    expect(find(registered, "httpbin-1-key-7").inputs).toEqual({
      algorithm: "ECDSA",
      ecdsaCurve: "P256",
    });
    expect(find(registered, "httpbin-1-request-7").inputs).toMatchObject({
      subject: { commonName: "httpbin-1.lab.test", organization: "httpbin organization" },
      dnsNames: ["httpbin-1.lab.test"],
    });
    expect(find(registered, "httpbin-1-cert-7").inputs).toMatchObject({
      caCertPem: "ca-cert.certPem",
      caPrivateKeyPem: "ca-key.privateKeyPem",
      validityPeriodHours: 720,
    });
  });

  it("reach the gateway as Secrets of its namespace", async () => {
    expect(find(await buildStep("tls-assets"), "httpbin-1-credential-secret").inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "httpbin-1-credential", namespace: "istio-system", annotations },
      type: "kubernetes.io/tls",
      stringData: {
        "tls.crt": "httpbin-1-cert-1.certPem",
        "tls.key": "httpbin-1-key-1.privateKeyPem",
      },
    });
  });

  it("never show a private key: whatever input has one is secret", async () => {
    const registered = await buildStep("observe");
    const withKey = registered.filter(({ inputs }) =>
      /\.privateKeyPem/.test(JSON.stringify(inputs)),
    );
    expect(withKey.map(({ name, secrets }) => [name, secrets]).sort()).toEqual([
      ["ca-cert", ["privateKeyPem"]],
      ["httpbin-0-cert-1", ["caPrivateKeyPem"]],
      ["httpbin-0-credential-secret", ["stringData"]],
      ["httpbin-0-request-1", ["privateKeyPem"]],
      ["httpbin-1-cert-1", ["caPrivateKeyPem"]],
      ["httpbin-1-credential-secret", ["stringData"]],
      ["httpbin-1-request-1", ["privateKeyPem"]],
    ]);
  });
});

describe("ingress", () => {
  it("is one Gateway with a server and a certificate a host", async () => {
    const server = (n: number): object => ({
      port: { number: 443, name: `https-httpbin-${n}-example-com`, protocol: "HTTPS" },
      tls: { mode: "SIMPLE", credentialName: `httpbin-${n}-credential` },
      hosts: [`httpbin-${n}.example.com`],
    });
    expect(find(await buildStep("ingress", { replicas: "3" }), "httpbin-gateway").inputs).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "httpbin", namespace: "default", annotations },
      spec: { selector: { istio: "ingressgateway" }, servers: [server(0), server(1), server(2)] },
    });
  });

  it("leads each host to its own pod", async () => {
    const registered = await buildStep("ingress", { replicas: "3" });
    const routes = registered.filter(({ type }) => type.endsWith(":VirtualService"));
    expect(routes.map(({ inputs }) => inputs["spec"])).toEqual(
      ordinals(3).map((n) => ({
        hosts: [`httpbin-${n}.example.com`],
        gateways: ["default/httpbin"],
        http: [
          {
            route: [
              {
                destination: {
                  host: `httpbin-${n}.httpbin.default.svc.cluster.local`,
                  port: { number: 80 },
                },
              },
            ],
          },
        ],
      })),
    );
  });

  it("routes after the pod is a host of the mesh and the Gateway is there", async () => {
    const { waitsFor } = find(await buildStep("ingress"), "httpbin-1-route");
    expect(waitsFor).toEqual(expect.arrayContaining(["httpbin-gateway", "httpbin-host-httpbin-1"]));
  });
});
