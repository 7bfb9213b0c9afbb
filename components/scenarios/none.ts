import { httpCall, httpsCall, notAnswered } from "./calls.ts";
import type { Expectation } from "./expectation.ts";
import { stageLabel } from "../stage/kinds.ts";
import type { LabOutputs, Scenario } from "./scenario.ts";

/** The base alone: cluster, Istio and ingress gateway. Every other scenario starts from here, and leads back to here. */
export const none: Scenario = {
  id: "none",
  title: "Nothing but the mesh",
  about: "Cluster, Istio and an ingress gateway that serves nobody: what all scenarios stand on.",
  steps: [
    {
      id: "base",
      about: "no workload, no route, no sidecar label: what a clean-up must lead to",
      sidecars: false,
    },
  ],
  build: () => ({ hosts: [] }),
  proof,
  tryIt,
  lookFor: () => [
    "every proxy that istiod knows is the ingress gateway's",
    "the classes of the Gateway API are accepted, by istiod: routes of both of Istio's APIs work on this lab",
    "namespace default has no label istio-injection and nothing in it but Kubernetes' own Service",
    "curl gets no HTTP answer: the gateway has nothing to listen for",
  ],
};

const istioKinds = [
  ...["gateways", "virtualservices", "destinationrules", "serviceentries", "workloadentries"],
  ...["sidecars", "envoyfilters"],
]
  .map((kind) => `${kind}.networking.istio.io`)
  .concat(
    ["peerauthentications", "requestauthentications", "authorizationpolicies"].map(
      (kind) => `${kind}.security.istio.io`,
    ),
    "telemetries.telemetry.istio.io",
  )
  .join(",");

function proof(lab: LabOutputs): readonly Expectation[] {
  return [
    gatewayIsHealthy,
    saysThatItIsReady(lab),
    ...istioctlRows(lab),
    ...gatewayApiRows,
    notInjected,
    ...nothingLeft(lab),
    ...notServed(lab),
  ];
}

const gatewayIsHealthy: Expectation = {
  name: "the ingress gateway is healthy",
  expected: "200 from /healthz/ready",
  check: {
    kind: "http",
    caller: {
      from: "pod",
      app: "istio-ingressgateway",
      namespace: "istio-system",
      container: "istio-proxy",
    },
    url: "http://127.0.0.1:15021/healthz/ready",
    expect: { status: [200] },
  },
};

function ofOneVersion(version: string): Expectation {
  return {
    name: "istioctl and the control plane are of one version",
    expected: `${version} twice`,
    check: {
      kind: "istioctl",
      args: ["version"],
      output: { contains: [`client version: ${version}`, `control plane version: ${version}`] },
    },
  };
}

function saysThatItIsReady(lab: LabOutputs): Expectation {
  return {
    name: "the ingress gateway says to this machine that it is ready",
    expected: "200 from /healthz/ready at the status port",
    check: {
      kind: "http",
      caller: { from: "host" },
      url: `http://localhost:${lab.statusPort}/healthz/ready`,
      resolveTo: lab.gatewayAddress,
      expect: { status: [200] },
    },
  };
}

/** What whoever installed Istio asks first. */
function istioctlRows(lab: LabOutputs): readonly Expectation[] {
  // "1.31.1, where it is from"; unknown where set-up never ran.
  const [version] = lab.supply.parts["istio"]?.split(",") ?? [];
  return [
    ...(version === undefined ? [] : [ofOneVersion(version)]),
    {
      name: "every proxy has the configuration that istiod sent it",
      expected: "SYNCED alone",
      check: {
        kind: "istioctl",
        // The table no longer says it.
        args: ["proxy-status", "--output", "json"],
        output: {
          contains: ["istio-ingressgateway", '"SYNCED"'],
          lacks: ['"STALE"', '"ERROR"'],
        },
      },
    },
    {
      name: "istioctl finds nothing in the cluster that Istio can't run on",
      expected: "no issues",
      check: {
        kind: "istioctl",
        args: ["experimental", "precheck"],
        output: { contains: ["No issues found"] },
      },
    },
  ];
}

/** The class says that this istiod serves the kinds, which were there before it or came later. */
const gatewayApiRows: readonly Expectation[] = [
  {
    name: "the kinds of the Gateway API are there beside Istio's own",
    expected: "HTTPRoute, established",
    check: {
      kind: "object",
      resource: "customresourcedefinitions",
      name: "httproutes.gateway.networking.k8s.io",
      expect: [{ path: "status.conditions[type=Established].status", sameItems: ["True"] }],
    },
  },
  {
    name: "istiod serves the Gateway API",
    expected: "GatewayClass istio, accepted",
    check: {
      kind: "object",
      resource: "gatewayclasses.gateway.networking.k8s.io",
      name: "istio",
      expect: [
        { path: "spec.controllerName", equals: "istio.io/gateway-controller" },
        { path: "status.conditions[type=Accepted].status", sameItems: ["True"] },
      ],
    },
  },
];

const notInjected: Expectation = {
  name: "namespace default has no injection label",
  expected: "no label istio-injection",
  negative: true,
  check: {
    kind: "object",
    resource: "namespace",
    name: "default",
    expect: [{ path: "metadata.labels.istio-injection", absent: true }],
  },
};

/** Elsewhere than in `default` the lab's objects are known by their label. */
function nothingLeft(lab: LabOutputs): readonly Expectation[] {
  const absent = (name: string, resource: string, where: object = {}): Expectation => ({
    name,
    expected: "none",
    negative: true,
    check: { kind: "object", resource, absent: true, ...where },
  });
  const onStage = { selector: stageLabel };
  return [
    absent("no Istio object in namespace default", istioKinds, { namespace: "default" }),
    absent("no Istio object of a lesson in istio-system", istioKinds, {
      namespace: "istio-system",
      ...onStage,
    }),
    absent(
      "no workload and no Service of a lesson in namespace default",
      "deployments,statefulsets,daemonsets,jobs,services",
      { namespace: "default", ...onStage },
    ),
    absent("no namespace of a lesson", "namespaces", onStage),
    // Somebody else's cluster may have pods of its own there.
    ...(lab.nodeContainer === undefined
      ? []
      : [absent("no pod in namespace default", "pods", { namespace: "default" })]),
  ];
}

function notServed(lab: LabOutputs): readonly Expectation[] {
  return [
    notAnswered("http://localhost is not answered", httpCall(lab, "localhost", "/")),
    notAnswered(
      "https://localhost is not answered",
      httpsCall(lab, "localhost", "/", { trust: "any" }),
    ),
  ];
}

function tryIt(lab: LabOutputs): readonly string[] {
  return [
    "kubectl -n istio-system get pods,services",
    "kubectl get gatewayclasses",
    "kubectl get namespace default --show-labels",
    "kubectl get all",
    `curl -sS http://${lab.gatewayAddress}:${lab.httpPort}/`,
  ];
}
