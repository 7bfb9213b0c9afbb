import type { Result } from "../../hack/proof/run-proof.ts";
import type { KeptObject, KeptPod, StepObjects } from "../../hack/tour/step-objects.ts";
import type { TourReport, TourStep } from "../../hack/tour/tour-report.ts";
import { summarize } from "../../hack/tour/tour-report.ts";

const namespace = "default";
const networking = "networking.istio.io/v1";

function workload(name: string, app: string, version: string): KeptObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    name,
    namespace,
    spec: {
      replicas: 1,
      template: {
        metadata: { labels: { app, version } },
        spec: { serviceAccountName: `bookinfo-${app}`, containers: [] },
      },
    },
  };
}

function pod(name: string, app: string, version: string, sidecar = true): KeptPod {
  const labels = { app, version };
  return { name, namespace, labels, sidecar, ready: true, serviceAccount: `bookinfo-${app}` };
}

function service(name: string): KeptObject {
  const spec = { selector: { app: name }, ports: [{ port: 9080, name: "http" }] };
  return { apiVersion: "v1", kind: "Service", name, namespace, spec };
}

const versions = ["v1", "v2", "v3"] as const;

/** Bookinfo with half of the traffic on v3, a fault, a time-out, a mirror, an outside host and a strict policy. */
export const bookinfoObjects: StepObjects = {
  objects: [
    {
      apiVersion: networking,
      kind: "Gateway",
      name: "bookinfo-gateway",
      namespace,
      spec: { servers: [{ port: { number: 80, protocol: "HTTP" }, hosts: ["*"] }] },
    },
    {
      apiVersion: networking,
      kind: "VirtualService",
      name: "bookinfo",
      namespace,
      spec: {
        hosts: ["*"],
        gateways: ["bookinfo-gateway"],
        http: [
          {
            match: [{ uri: { exact: "/productpage" } }, { uri: { prefix: "/static" } }],
            route: [{ destination: { host: "productpage", port: { number: 9080 } } }],
          },
        ],
      },
    },
    {
      apiVersion: networking,
      kind: "VirtualService",
      name: "reviews",
      namespace,
      spec: {
        hosts: ["reviews"],
        http: [
          {
            match: [{ headers: { "end-user": { exact: "jason" } } }],
            fault: { delay: { fixedDelay: "7s", percentage: { value: 100 } } },
            timeout: "0.5s",
            route: [{ destination: { host: "reviews", subset: "v2" } }],
          },
          {
            route: [
              { destination: { host: "reviews", subset: "v1" }, weight: 50 },
              {
                destination: { host: "reviews.default.svc.cluster.local", subset: "v3" },
                weight: 50,
              },
            ],
            mirror: { host: "reviews", subset: "v2" },
            mirrorPercentage: { value: 10 },
          },
        ],
      },
    },
    {
      apiVersion: networking,
      kind: "DestinationRule",
      name: "reviews",
      namespace,
      spec: {
        host: "reviews",
        trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } },
        subsets: versions.map((version) => ({ name: version, labels: { version } })),
      },
    },
    {
      apiVersion: networking,
      kind: "ServiceEntry",
      name: "httpbin-ext",
      namespace,
      spec: {
        hosts: ["httpbin.org"],
        location: "MESH_EXTERNAL",
        resolution: "DNS",
        ports: [{ number: 80, protocol: "HTTP" }],
      },
    },
    {
      apiVersion: "security.istio.io/v1",
      kind: "PeerAuthentication",
      name: "default",
      namespace: "istio-system",
      spec: { mtls: { mode: "STRICT" } },
    },
    service("productpage"),
    service("reviews"),
    workload("productpage-v1", "productpage", "v1"),
    ...versions.map((version) => workload(`reviews-${version}`, "reviews", version)),
    workload("ratings-v1", "ratings", "v1"),
  ],
  pods: [
    pod("productpage-v1-0", "productpage", "v1"),
    ...versions.map((version) => pod(`reviews-${version}-0`, "reviews", version)),
    pod("ratings-v1-0", "ratings", "v1", false),
  ],
};

function result(name: string, status: Result["status"], observed: string, reason = ""): Result {
  return { name, status, expected: "as specified", observed, reason, tries: 1, seconds: 0.4 };
}

/** A step that passed. */
export const passedStep: TourStep = {
  scenario: "bookinfo-shifting",
  step: "split-50",
  title: "Traffic shifting",
  about: "half of the traffic goes to reviews v3",
  status: "passed",
  failedBefore: true,
  before: 'half of the answers come from v3: 200 of 200 as expected; 0 of 200 with "reviews-v3"',
  sameEffectAs: "",
  results: [
    result("half of the answers come from v3", "passed", '97 of 200 with "reviews-v3"'),
    result("Prometheus counts them", "skipped", "", "stock Envoy has no Istio metrics"),
  ],
  summary: { passed: 1, failed: 0, skipped: 1 },
  applySeconds: 3.2,
  proofSeconds: 2.9,
  disruptSeconds: 0,
  previewSeconds: 2.4,
  waitSeconds: 0,
  created: 1,
  updated: 2,
  replaced: 0,
  deleted: 1,
  error: "",
  charts: [
    {
      row: "half of the answers come from v3",
      unit: "answers",
      bars: [
        { label: "reviews-v3", value: 97, whole: 200, atLeast: 72, atMost: 128 },
        { label: "reviews-v2", value: 0, whole: 200, atLeast: 0, atMost: 0 },
      ],
    },
  ],
  objects: bookinfoObjects,
};

/** A step that failed, with markup in every text that comes from outside. */
export const failedStep: TourStep = {
  ...passedStep,
  scenario: "bookinfo-timeouts",
  step: "delay-2s",
  title: "Time-outs",
  status: "failed",
  failedBefore: false,
  before: "",
  results: [
    result("the page takes 2 s", "failed", '<script>alert("x")</script>', 'body lacks "<title>"'),
  ],
  summary: { passed: 0, failed: 1, skipped: 0 },
  error: "1 of 1 rows failed: the page takes 2 s\na second preview is not empty: update <b>",
  charts: [
    {
      row: "the page takes 2 s",
      unit: "seconds",
      bars: [{ label: "one call", value: 4.1, whole: 4.92, atLeast: 2, atMost: 3.5 }],
    },
  ],
};

/** A step the lab could not walk. */
export const skippedStep: TourStep = {
  ...passedStep,
  scenario: "helloworld-ingress",
  step: "no-route",
  title: "Ingress",
  status: "skipped",
  failedBefore: null,
  before: "",
  results: [],
  summary: { passed: 0, failed: 0, skipped: 0 },
  error: "it needs a load balancer, and this lab has none",
  charts: [],
};

/** A tour of one step of each kind. */
export function sampleTour(steps = [passedStep, failedStep, skippedStep]): TourReport {
  return {
    startedAt: "2026-11-21T12:00:00.000Z",
    finishedAt: "2026-11-21T12:01:00.000Z",
    planned: steps.length,
    supply: "registry-only",
    versions: { kind: "0.33.0, built from its Go module" },
    limits: { "istio-metrics": "stock Envoy has no Istio metrics" },
    steps,
    summary: summarize(steps, 60),
  };
}
