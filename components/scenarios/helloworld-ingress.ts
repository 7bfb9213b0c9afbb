import { httpCall } from "./calls.ts";
import type { HttpOutcome } from "./checks/http.ts";
import type { Expectation } from "./expectation.ts";
import { app, applyManifests, host } from "./helloworld/manifests.ts";
import { httpGreets, noHttps, none, readyPod } from "./helloworld/rows.ts";
import { loadBalancerProof } from "./helloworld/load-balancer-proof.ts";
import type { Lab, LabOutputs, Scenario, ScenarioOutputs } from "./scenario.ts";

/** What it takes for a request from outside to reach a pod that knows nothing of a mesh. */
export const helloworldIngress: Scenario = {
  id: "helloworld-ingress",
  images: ["hello1"],
  title: "From outside to one plain pod",
  about:
    "A gateway listens only where a Gateway says so, and routes only by what is bound to that Gateway by its full name.",
  steps: [
    {
      id: "no-route",
      about: "the application and the gateway's Service: nothing listens without a Gateway",
      sidecars: false,
      needs: ["load-balancer"],
    },
    {
      id: "ingress-unclassed",
      about: "a Gateway, and an Ingress without a class: the gateway answers, and routes nothing",
      sidecars: false,
    },
    {
      id: "vs-unqualified",
      about: "a VirtualService that names its gateway without the namespace: bound to nothing",
      sidecars: false,
    },
    {
      id: "vs-qualified",
      about: "the gateway's name with its namespace: the application answers, without a sidecar",
      sidecars: false,
    },
  ],
  build,
  proof,
  tryIt,
  lookFor,
};

/** What `manifests/helloworld` gives to each step. */
const manifests: Readonly<Record<string, readonly string[]>> = {
  "no-route": app,
  "ingress-unclassed": [...app, "gateway", "ingress-unclassed"],
  "vs-unqualified": [...app, "gateway", "route-unqualified"],
  "vs-qualified": [...app, "gateway", "route-qualified"],
};

function build(lab: Lab, step: string): ScenarioOutputs {
  applyManifests(lab, manifests[step] ?? []);
  return { hosts: step === "no-route" ? [] : [host], scheme: "http" };
}

const noIngress = none("Ingress", "ingresses.networking.k8s.io");
const noRoute = none("VirtualService", "virtualservices.networking.istio.io");

function proof(lab: LabOutputs, step: string): readonly Expectation[] {
  const always = [readyPod("helloworld", "1/1"), noHttps(lab)];
  switch (step) {
    case "no-route":
      return [...always, noIngress, noRoute, nothingListens(lab), ...loadBalancerProof(lab)];
    case "ingress-unclassed":
      return [...always, noRoute, notRouted(lab), ingressWithoutClass, analyzed({ lacks })];
    case "vs-unqualified":
      return [...always, noIngress, notRouted(lab), analyzed({ contains: lacks })];
    default:
      return [...always, noIngress, httpGreets(lab), otherHost(lab), analyzed({ lacks })];
  }
}

/** The message about a reference to an object that does not exist. */
const lacks = ["IST0101"];

function nothingListens(lab: LabOutputs): Expectation {
  // On kind the machine's own port forwarder takes the connection and then finds nobody behind it.
  const exit = lab.nodeContainer ? [52, 56] : [7];
  return {
    name: "http://localhost is not answered",
    expected: "connection refused or reset",
    negative: true,
    check: httpCall(lab, "localhost", "/", { expect: { exit } }),
  };
}

/** The gateway itself answers, and knows no route: a 404 of its own, without a body. */
const notFound: HttpOutcome = {
  status: [404],
  headers: {
    server: { contains: ["istio-envoy"] },
    "content-length": { contains: ["0"], lacks: Array.from("123456789") },
  },
};

function notRouted(lab: LabOutputs): Expectation {
  return {
    name: `http://${host} meets the gateway, and no route`,
    expected: "404 from istio-envoy, content-length 0",
    negative: true,
    check: httpCall(lab, host, "/", { expect: notFound }),
  };
}

function otherHost(lab: LabOutputs): Expectation {
  return {
    name: "http://other.fireflyclass.com has no route",
    expected: "404",
    negative: true,
    check: httpCall(lab, "other.fireflyclass.com", "/", { expect: notFound }),
  };
}

const ingressWithoutClass: Expectation = {
  name: "the Ingress names no class, and nobody gives it an address",
  expected: "no class, no address",
  check: {
    kind: "object",
    resource: "ingress",
    name: "helloworld",
    namespace: "default",
    expect: [
      { path: "spec.rules[*].http.paths[*].pathType", sameItems: ["Prefix"] },
      { path: "spec.ingressClassName", absent: true },
      { path: "status.loadBalancer.ingress", absent: true },
    ],
  },
};

/** `istioctl analyze` tells at once what one would otherwise search for by hand; it ends with 79 where it finds a fault. */
function analyzed(output: {
  contains?: readonly string[];
  lacks?: readonly string[];
}): Expectation {
  return {
    name: output.contains
      ? "istioctl analyze says that the route's gateway does not exist"
      : "istioctl analyze finds no reference to an object that does not exist",
    expected: output.contains ? "IST0101" : "no IST0101",
    check: {
      kind: "istioctl",
      args: ["analyze", "--namespace", "default"],
      exit: output.contains ? [79] : [0],
      output,
    },
  };
}

function tryIt(lab: LabOutputs, step: string): readonly string[] {
  const pods = "kubectl get pods,services -l app=helloworld";
  if (step === "no-route") {
    const service = "kubectl -n istio-system get service istio-ingressgateway";
    return [pods, service, `curl -i http://localhost:${lab.httpPort}/`];
  }
  const call = `curl -i --resolve ${host}:${lab.httpPort}:${lab.gatewayAddress} http://${host}:${lab.httpPort}/`;
  if (step === "ingress-unclassed") return ["kubectl get ingress helloworld", call];
  return [pods, "kubectl get gateways,virtualservices -A", call, "istioctl analyze -n default"];
}

function lookFor(step: string): readonly string[] {
  switch (step) {
    case "no-route":
      return ["curl is refused or reset: a gateway without a Gateway object opens no port"];
    case "ingress-unclassed":
      return [
        "404 with `server: istio-envoy` and no body: the gateway answers by itself",
        "the Ingress has no CLASS and no ADDRESS: Istio's controller leaves it to others",
      ];
    case "vs-unqualified":
      return [
        "still the gateway's own 404",
        "istioctl analyze: IST0101, the gateway `ingressgateway` is not found: a bare name means the route's own namespace",
      ];
    default:
      return [
        "Hello, world! with the name of the pod",
        "the pod is READY 1/1: the gateway reaches workloads without a sidecar too",
      ];
  }
}
