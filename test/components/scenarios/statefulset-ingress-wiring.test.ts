import { describe, expect, it } from "vitest";
import { buildStep } from "../../support/build-step.ts";
import { find, type Registration } from "../../support/mocks.ts";

const build = (
  step: string,
  raw: Readonly<Record<string, string>> = {},
): Promise<readonly Registration[]> => buildStep("statefulset-ingress", step, raw);

const ordinals = (replicas: number): number[] => [...Array(replicas).keys()];
/** What every object of the lab carries. */
const annotations = { "pulumi.com/deletionPropagationPolicy": "background" };
const labels = { "istio-lab/stage": "dev" };

const secret = "kubernetes:core/v1:Secret";
const gateway = "kubernetes:networking.istio.io/v1:Gateway";
const route = "kubernetes:networking.istio.io/v1:VirtualService";

describe("certificates", () => {
  it("come from config: domain, days, key, epoch", async () => {
    const registered = await build("tls-assets", {
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
    expect(
      find(await build("tls-assets"), "istio-system/httpbin-1-credential", secret).inputs,
    ).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "httpbin-1-credential", namespace: "istio-system", annotations, labels },
      type: "kubernetes.io/tls",
      stringData: {
        "tls.crt": "httpbin-1-cert-1.certPem",
        "tls.key": "httpbin-1-key-1.privateKeyPem",
      },
    });
  });

  it("never show a private key: whatever input has one is secret", async () => {
    const registered = await build("observe");
    const withKey = registered.filter(({ inputs }) =>
      /\.privateKeyPem/.test(JSON.stringify(inputs)),
    );
    expect(withKey.map(({ name, secrets }) => [name, secrets]).sort()).toEqual([
      ["ca-cert", ["privateKeyPem"]],
      ["httpbin-0-cert-1", ["caPrivateKeyPem"]],
      ["httpbin-0-request-1", ["privateKeyPem"]],
      ["httpbin-1-cert-1", ["caPrivateKeyPem"]],
      ["httpbin-1-request-1", ["privateKeyPem"]],
      ["istio-system/httpbin-0-credential", ["stringData"]],
      ["istio-system/httpbin-1-credential", ["stringData"]],
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
    expect(
      find(await build("ingress", { replicas: "3" }), "default/httpbin", gateway).inputs,
    ).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "httpbin", namespace: "default", annotations, labels },
      spec: { selector: { istio: "ingressgateway" }, servers: [server(0), server(1), server(2)] },
    });
  });

  it("leads each host to its own pod", async () => {
    const registered = await build("ingress", { replicas: "3" });
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
    const registered = await build("ingress");
    const { waitsFor } = find(registered, "default/httpbin-1", "istio-lab:ingress:HostRoute");
    expect(waitsFor).toContain("default/httpbin");
    expect(find(registered, "default/httpbin-1", route).waitsFor).toContain("default/httpbin-1");
  });
});
