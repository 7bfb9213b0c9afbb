import { describe, expect, it } from "vitest";
import { helloworldIngress } from "../../../components/scenarios/helloworld-ingress.ts";
import type { Expectation } from "../../../components/scenarios/expectation.ts";
import { buildStep as build } from "../../support/build-step.ts";
import { labOutputs } from "../../support/lab.ts";
import { find, listed, type Registration } from "../../support/mocks.ts";

const id = "helloworld-ingress";
const loadBalancer = { gatewayServiceType: "LoadBalancer", metallb: "true" };
const buildStep = (step: string): Promise<readonly Registration[]> =>
  build(id, step, step === "no-route" ? loadBalancer : {});
const host = "helloworld.fireflyclass.com";

const app = [
  "istio-lab:mesh:NamespaceInjection default",
  "kubernetes:core/v1:NamespacePatch default",
  "kubernetes:apps/v1:Deployment default/helloworld",
  "kubernetes:core/v1:Service default/helloworld",
  "kubernetes:core/v1:ServiceAccount default/helloworld",
];
const gateway = "kubernetes:networking.istio.io/v1:Gateway istio-system/ingressgateway";
const ingress = "kubernetes:networking.k8s.io/v1:Ingress default/helloworld";
const route = "kubernetes:networking.istio.io/v1:VirtualService default/helloworld";

it("says what curl meets on kind too, where the machine's own forwarder takes the connection", () => {
  expect(helloworldIngress.lookFor("no-route")).toEqual([
    "curl is refused or reset: a gateway without a Gateway object opens no port",
  ]);
});

describe("each step", () => {
  it.each([
    ["no-route", app],
    ["ingress-unclassed", [...app, gateway, ingress]],
    ["vs-unqualified", [...app, gateway, route]],
    ["vs-qualified", [...app, gateway, route]],
  ])("%s is just its resources", async (step, expected) => {
    expect(listed(await buildStep(step))).toEqual([...expected].sort());
  });

  it.each(helloworldIngress.steps.map((step) => step.id))("%s injects nothing", async (step) => {
    const { inputs } = find(await buildStep(step), "default", "kubernetes:core/v1:NamespacePatch");
    expect(inputs["metadata"]).toEqual({ name: "default", labels: { "istio-lab/stack": "dev" } });
  });
});

describe("objects", () => {
  const spec = async (step: string, type: string, name = "default/helloworld"): Promise<unknown> =>
    find(await buildStep(step), name, type).inputs["spec"];

  it("leads port 80 of the Service to 8080 of the pods", async () => {
    expect(await spec("no-route", "kubernetes:core/v1:Service")).toEqual({
      selector: { app: "helloworld" },
      ports: [{ name: "http", port: 80, targetPort: 8080 }],
    });
  });

  it("runs hello-app 1.0 under an identity of its own", async () => {
    expect(await spec("no-route", "kubernetes:apps/v1:Deployment")).toMatchObject({
      replicas: 1,
      template: {
        metadata: { labels: { app: "helloworld" } },
        spec: {
          serviceAccountName: "helloworld",
          containers: [{ image: "us-docker.pkg.dev/google-samples/containers/gke/hello-app:1.0" }],
        },
      },
    });
  });

  it("opens port 80 of the gateway for every host", async () => {
    const type = "kubernetes:networking.istio.io/v1:Gateway";
    expect(await spec("vs-qualified", type, "istio-system/ingressgateway")).toEqual({
      selector: { istio: "ingressgateway" },
      servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }],
    });
  });

  it("has an Ingress for every path, without a class, that nobody waits for", async () => {
    const { inputs }: Registration = find(
      await buildStep("ingress-unclassed"),
      "default/helloworld",
      "kubernetes:networking.k8s.io/v1:Ingress",
    );
    expect(inputs).toMatchObject({
      metadata: { annotations: { "pulumi.com/skipAwait": "true" } },
      spec: {
        rules: [
          {
            http: {
              paths: [
                {
                  path: "/",
                  pathType: "Prefix",
                  backend: { service: { name: "helloworld", port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    });
    expect(inputs["spec"]).not.toHaveProperty("ingressClassName");
  });

  it.each([
    ["vs-unqualified", "ingressgateway"],
    ["vs-qualified", "istio-system/ingressgateway"],
  ])("routes at %s by the gateway %s", async (step, name) => {
    expect(await spec(step, "kubernetes:networking.istio.io/v1:VirtualService")).toEqual({
      hosts: [host],
      gateways: [name],
      http: [
        {
          route: [
            {
              destination: {
                host: "helloworld.default.svc.cluster.local",
                port: { number: 80 },
              },
            },
          ],
        },
      ],
    });
  });
});

describe("rows", () => {
  const rows = (step: string, more = {}): readonly Expectation[] =>
    helloworldIngress.proof(labOutputs(step, 0, more), step);
  const row = (step: string, name: RegExp, more = {}): Expectation | undefined =>
    rows(step, more).find((one) => name.test(one.name));

  it("refuse everything without a Gateway", () => {
    expect(row("no-route", /^http:\/\/localhost/)).toMatchObject({
      negative: true,
      check: { url: "http://localhost:8080/", expect: { exit: [52, 56] } },
    });
  });

  it("find the gateway's address refused too, where it has one", () => {
    const loadBalancerAddress = "172.18.100.0";
    expect(row("no-route", /kind network/)).toBeUndefined();
    expect(row("no-route", /kind network/, { loadBalancerAddress })).toMatchObject({
      negative: true,
      check: {
        caller: { from: "kind-network" },
        url: "http://172.18.100.0/",
        expect: { exit: [7] },
      },
    });
    expect(row("no-route", /external IP/, { loadBalancerAddress })?.check).toMatchObject({
      name: "istio-ingressgateway",
      expect: [
        { path: "spec.type", equals: "LoadBalancer" },
        { path: "status.loadBalancer.ingress[*].ip", sameItems: [loadBalancerAddress] },
      ],
    });
    expect(row("no-route", /pool dynamic/, { loadBalancerAddress })?.check).toMatchObject({
      name: "dynamic",
      expect: [{ contains: loadBalancerAddress }],
    });
  });

  it.each(["ingress-unclassed", "vs-unqualified"])("expect the gateway's own 404 at %s", (step) => {
    expect(row(step, /and no route$/)?.check).toMatchObject({
      url: `http://${host}:8080/`,
      expect: {
        status: [404],
        headers: { server: { contains: ["istio-envoy"] }, "content-length": { contains: ["0"] } },
      },
    });
  });

  it.each([
    ["ingress-unclassed", { exit: [0], output: { lacks: ["IST0101"] } }],
    ["vs-unqualified", { exit: [79], output: { contains: ["IST0101"] } }],
    ["vs-qualified", { exit: [0], output: { lacks: ["IST0101"] } }],
  ])("ask istioctl analyze at %s", (step, expected) => {
    expect(row(step, /^istioctl analyze/)?.check).toEqual({
      kind: "istioctl",
      args: ["analyze", "--namespace", "default"],
      ...expected,
    });
  });

  it("are greeted at vs-qualified, and by no other host", () => {
    expect(row("vs-qualified", / greets$/)?.check).toMatchObject({
      url: `http://${host}:8080/`,
      expect: {
        status: [200],
        body: { contains: ["Hello, world!", "Version: 1.0.0", "Hostname: helloworld-"] },
      },
    });
    expect(row("vs-qualified", /^http:\/\/other/)).toMatchObject({
      negative: true,
      check: { url: "http://other.fireflyclass.com:8080/", expect: { status: [404] } },
    });
    expect(row("vs-qualified", /READY 1\/1/)?.check).toMatchObject({
      selector: "app=helloworld",
      expect: [{ sameItems: ["True"] }, { sameItems: ["helloworld"] }],
    });
  });
});
