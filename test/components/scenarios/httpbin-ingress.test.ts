import { describe, expect, it } from "vitest";
import { httpbinIngress } from "../../../components/scenarios/httpbin-ingress.ts";
import { images } from "../../../components/versions.ts";
import { buildStep } from "../../support/build-step.ts";
import { labOutputs } from "../../support/lab.ts";
import { find, listed } from "../../support/mocks.ts";

const build = (step: string): ReturnType<typeof buildStep> => buildStep("httpbin-ingress", step);
const gateway = "kubernetes:networking.istio.io/v1:Gateway";
const service = "kubernetes:networking.istio.io/v1:VirtualService";
const always = [
  "istio-lab:mesh:NamespaceInjection default",
  "kubernetes:core/v1:NamespacePatch default",
];

describe("httpbin-ingress", () => {
  it.each(["host", "wildcard"])("%s is httpbin, a Gateway and a VirtualService", async (step) => {
    expect(listed(await build(step))).toEqual(
      [
        ...always,
        "kubernetes:apps/v1:Deployment default/httpbin",
        "kubernetes:core/v1:Service default/httpbin",
        "kubernetes:core/v1:ServiceAccount default/httpbin",
        `${gateway} default/httpbin-gateway`,
        `${service} default/httpbin`,
      ].sort(),
    );
  });

  it("clean is nothing", async () => {
    expect(listed(await build("clean"))).toEqual(always);
  });

  it("has httpbin on 8080 behind port 8000", async () => {
    const registered = await build("host");
    expect(find(registered, "default/httpbin", "kubernetes:core/v1:Service").inputs).toMatchObject({
      spec: { selector: { app: "httpbin" }, ports: [{ port: 8000, targetPort: "http" }] },
    });
    expect(
      find(registered, "default/httpbin", "kubernetes:apps/v1:Deployment").inputs,
    ).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [{ image: images.httpbin, ports: [{ name: "http", containerPort: 8080 }] }],
          },
        },
      },
    });
  });

  it.each([
    ["host", "httpbin.example.com", ["/status", "/delay"]],
    ["wildcard", "*", ["/status", "/delay", "/headers"]],
  ])("%s takes %s and %j on port 80", async (step, host, paths) => {
    const registered = await build(step);
    expect(find(registered, "default/httpbin-gateway").inputs["spec"]).toEqual({
      selector: { istio: "ingressgateway" },
      servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: [host] }],
    });
    expect(find(registered, "default/httpbin", service).inputs["spec"]).toEqual({
      hosts: [host],
      gateways: ["default/httpbin-gateway"],
      http: [
        {
          match: paths.map((prefix) => ({ uri: { prefix } })),
          route: [
            {
              destination: { host: "httpbin.default.svc.cluster.local", port: { number: 8000 } },
            },
          ],
        },
      ],
    });
  });
});

describe("its proof", () => {
  const lab = labOutputs("host");
  const names = (step: string, more: Partial<typeof lab> = {}): string[] =>
    httpbinIngress.proof({ ...lab, ...more }, step).map(({ name }) => name);

  it.each([
    [
      "host",
      [
        "/status/200 of httpbin.example.com is answered through the gateway",
        "/delay/1 of httpbin.example.com takes its second",
        "/headers of httpbin.example.com has no route",
        "another host has no route",
      ],
    ],
    [
      "wildcard",
      [
        "/headers is answered whatever the host",
        "/status/200 of httpbin.example.com still is",
        "/ip has no route",
      ],
    ],
    ["clean", ["no Gateway, no VirtualService", "no httpbin", "http://localhost is not answered"]],
  ])("of %s", (step, rows) => {
    expect(names(step)).toEqual(rows);
  });

  it("of clean asks the load balancer's address too, where there is one", () => {
    const [row] = httpbinIngress
      .proof({ ...lab, loadBalancerAddress: "172.18.100.0" }, "clean")
      .slice(-1);
    expect(row).toEqual({
      name: "the load balancer's address is not answered",
      expected: "exit 7: connection refused",
      negative: true,
      check: {
        kind: "http",
        caller: { from: "kind-network" },
        url: "http://172.18.100.0/status/200",
        expect: { exit: [7] },
      },
    });
  });

  it("of host names its host in a header alone", () => {
    expect(httpbinIngress.proof(lab, "host")[0]?.check).toEqual({
      kind: "http",
      caller: { from: "host" },
      url: "http://localhost:8080/status/200",
      resolveTo: "127.0.0.1",
      method: "HEAD",
      headers: { Host: "httpbin.example.com" },
      expect: { status: [200], headers: { server: { contains: ["istio-envoy"] } } },
    });
  });
});
