import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import { httpCall, notAnswered } from "./calls.ts";
import type { HttpCheck } from "./checks/http.ts";
import type { Expectation } from "./expectation.ts";
import type { Lab, LabOutputs, Scenario, ScenarioOutputs } from "./scenario.ts";

const host = "httpbin.example.com";

/** Plain HTTP from outside: what a Gateway lets in, and what a VirtualService does with it. */
export const httpbinIngress: Scenario = {
  id: "httpbin-ingress",
  title: "HTTP ingress for one host, then for all",
  about:
    "A Gateway opens port 80 for a host, a VirtualService names the paths that lead to httpbin; then both take any host.",
  images: ["httpbin"],
  steps: [
    { id: "host", about: "one host name, two paths: anything else is not found" },
    {
      id: "wildcard",
      about: "any host name, as a browser without DNS needs it, and one path more",
    },
    {
      id: "clean",
      about: "everything is gone again, and the gateway listens to nobody",
      sameEffectAs: "an empty lab (none/base) answers nothing either",
    },
  ],
  build,
  proof,
  tryIt,
  lookFor,
};

function build(lab: Lab, step: string): ScenarioOutputs {
  if (step === "clean") return { hosts: [] };
  applyObjects(readManifest("httpbin/httpbin.yaml", lab.supply), lab.meshOpts);
  applyObjects(readManifest(`httpbin-ingress/${step}.yaml`, lab.supply), lab.meshOpts);
  return { hosts: [step === "host" ? host : "localhost"], scheme: "http" };
}

function proof(lab: LabOutputs, step: string): readonly Expectation[] {
  if (step === "clean") return cleanProof(lab);
  return step === "host" ? hostProof(lab) : wildcardProof(lab);
}

/** A call that names its host in a header alone, as `curl -HHost:… http://localhost` does. */
function localCall(lab: LabOutputs, path: string, more: Partial<HttpCheck> = {}): HttpCheck {
  return httpCall(lab, "localhost", path, more);
}

const byEnvoy = { status: [200], headers: { server: { contains: ["istio-envoy"] } } };
const notFound = { status: [404], headers: { server: { contains: ["istio-envoy"] } } };
const headers = { Host: host };

function hostProof(lab: LabOutputs): readonly Expectation[] {
  return [
    {
      name: `/status/200 of ${host} is answered through the gateway`,
      expected: "200, server istio-envoy",
      check: localCall(lab, "/status/200", { method: "HEAD", headers, expect: byEnvoy }),
    },
    {
      name: `/delay/1 of ${host} takes its second`,
      expected: "200 after 1 s",
      check: localCall(lab, "/delay/1", {
        headers,
        expect: { status: [200], seconds: { atLeast: 1 } },
      }),
    },
    {
      name: `/headers of ${host} has no route`,
      expected: "404 from the gateway",
      negative: true,
      check: localCall(lab, "/headers", { headers, expect: notFound }),
    },
    {
      name: "another host has no route",
      expected: "404 from the gateway",
      negative: true,
      check: localCall(lab, "/status/200", { expect: notFound }),
    },
  ];
}

function wildcardProof(lab: LabOutputs): readonly Expectation[] {
  return [
    {
      name: "/headers is answered whatever the host",
      expected: '200, body "headers"',
      check: localCall(lab, "/headers", {
        expect: { ...byEnvoy, body: { contains: ['"headers"'] } },
      }),
    },
    {
      name: `/status/200 of ${host} still is`,
      expected: "200, server istio-envoy",
      check: localCall(lab, "/status/200", { method: "HEAD", headers, expect: byEnvoy }),
    },
    {
      name: "/ip has no route",
      expected: "404 from the gateway",
      negative: true,
      check: localCall(lab, "/ip", { expect: notFound }),
    },
  ];
}

function cleanProof(lab: LabOutputs): readonly Expectation[] {
  const address = lab.loadBalancerAddress;
  return [
    {
      name: "no Gateway, no VirtualService",
      expected: "none",
      negative: true,
      check: {
        kind: "object",
        resource: "gateways.networking.istio.io,virtualservices.networking.istio.io",
        namespace: "default",
        absent: true,
      },
    },
    {
      name: "no httpbin",
      expected: "no Deployment, Service, ServiceAccount or pod",
      negative: true,
      check: {
        kind: "object",
        resource: "deployments,services,statefulsets,pods",
        namespace: "default",
        selector: "app=httpbin",
        absent: true,
      },
    },
    notAnswered("http://localhost is not answered", localCall(lab, "/status/200")),
    ...(address === undefined
      ? []
      : [
          {
            name: "the load balancer's address is not answered",
            expected: "exit 7: connection refused",
            negative: true,
            check: {
              kind: "http",
              caller: { from: "kind-network" },
              url: `http://${address}/status/200`,
              expect: { exit: [7] },
            },
          } satisfies Expectation,
        ]),
  ];
}

function tryIt(lab: LabOutputs, step: string): readonly string[] {
  const url = `http://${lab.gatewayAddress}:${lab.httpPort}`;
  if (step === "clean") {
    return [`curl -sS ${url}/status/200`, "kubectl get gateways,virtualservices,pods"];
  }
  const named = `curl -sS -i -HHost:${host} ${url}`;
  return step === "host"
    ? [`${named}/status/200`, `${named}/headers`, `curl -sS -i ${url}/status/200`]
    : [`curl -sS ${url}/headers`, `curl -sS -i ${url}/ip`];
}

function lookFor(step: string): readonly string[] {
  switch (step) {
    case "host":
      return [
        "server: istio-envoy says that the gateway passed the answer on",
        "a path or host without a route is 404 with an empty body: the gateway's own answer",
      ];
    case "wildcard":
      return [
        "the body lists the headers that httpbin saw: those the gateway added begin with X-",
        "/ip is still 404: the wildcard is for hosts, the paths are as before",
      ];
    default:
      return [
        "curl gets no HTTP answer at all: without a Gateway the gateway pod has no listener",
        "no object of the lesson is left",
      ];
  }
}
