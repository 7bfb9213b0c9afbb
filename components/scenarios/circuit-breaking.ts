import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import { podCall } from "./calls.ts";
import type { Expectation } from "./expectation.ts";
import type { Lab, LabOutputs, Scenario, ScenarioOutputs } from "./scenario.ts";

/** A client that stops calling: past a limit of its own, or a pod that fails. */
export const circuitBreaking: Scenario = {
  id: "circuit-breaking",
  images: ["httpbin", "fortio"],
  title: "Circuit breaking: limits, and pods left out",
  about:
    "A DestinationRule makes the caller's proxy refuse what is too much for httpbin, and leave out a pod that fails.",
  steps: [
    { id: "limits", about: "one connection and one waiting call: what comes beyond gets 503" },
    { id: "outlier", about: "and a pod that answers 500 once is not called for three minutes" },
  ],
  build,
  proof,
  tryIt,
  lookFor,
};

function build(lab: Lab, step: string): ScenarioOutputs {
  for (const file of [
    "httpbin/httpbin.yaml",
    "circuit-breaking/fortio.yaml",
    `circuit-breaking/${step}.yaml`,
  ]) {
    applyObjects(readManifest(file, lab.supply), lab.meshOpts);
  }
  return { hosts: [] };
}

const fortio = { app: "fortio" } as const;
/** The proxy's container: its own traffic is not captured, so no limit and no ejection holds for it. */
const pastTheProxy = { from: "pod", ...fortio, container: "istio-proxy" } as const;
const url = "http://httpbin:8000";
const get = ["/usr/bin/fortio", "load", "-curl", `${url}/get`] as const;
const fail = ["/usr/bin/fortio", "load", "-curl", `${url}/status/500`] as const;
const proxyOf = (stat: string): string => `httpbin.*${stat}`;

function proof(_lab: LabOutputs, step: string): readonly Expectation[] {
  return step === "limits" ? limits : outlier;
}

// One after another, by what they come after: the counters know no sender.
const limits: readonly Expectation[] = [
  {
    name: "a single call is answered",
    expected: "200",
    check: { kind: "exec", in: fortio, command: get, output: { contains: ["HTTP/1.1 200 OK"] } },
  },
  {
    name: "with more connections at once more calls are refused, and the proxy counts them",
    expected: "200s with -c 2; 503s with -c 3 or 10, no smaller a share; 1 or more held back",
    after: [{ do: "exec", in: fortio, command: get }],
    check: {
      kind: "load",
      in: fortio,
      url: `${url}/get`,
      calls: 20,
      connections: [2, 3],
      otherwise: 10,
      heldBack: proxyOf("upstream_rq_pending_overflow"),
    },
  },
  {
    name: "httpbin's 500 is passed on to who called",
    expected: "500",
    after: [
      { do: "exec", in: fortio, command: get },
      { do: "exec", in: fortio, command: fail },
    ],
    check: {
      kind: "exec",
      in: fortio,
      command: fail,
      exit: [1],
      output: { contains: ["HTTP/1.1 500"] },
    },
  },
  {
    name: "a pod that answers 500 is called again",
    expected: "200 after a 500",
    after: [{ do: "exec", in: fortio, command: fail }],
    check: {
      kind: "exec",
      in: fortio,
      before: [fail],
      command: get,
      output: { contains: ["HTTP/1.1 200 OK"] },
    },
  },
  {
    name: "the proxy leaves no pod out",
    expected: "ejections_active 0",
    after: [{ do: "exec", in: fortio, command: fail }],
    check: { kind: "envoy-stat", ...fortio, stat: proxyOf("ejections_active"), atMost: 0 },
  },
];

const outlier: readonly Expectation[] = [
  {
    name: "after a 500 the pod is not called any more",
    expected: "503, no healthy upstream",
    deadlineSeconds: 5,
    after: [{ do: "exec", in: fortio, command: fail }],
    check: {
      kind: "exec",
      in: fortio,
      before: [fail],
      command: get,
      exit: [1],
      output: { contains: ["HTTP/1.1 503 Service Unavailable", "no healthy upstream"] },
    },
  },
  {
    // fortio itself gets the 500 once and then 503 for minutes: who looks again can't see it through its proxy.
    name: "past the caller's proxy the same pod still answers, with its own 500",
    expected: "500",
    check: podCall(pastTheProxy, `${url}/status/500`, { expect: { status: [500] } }),
  },
  {
    name: "the proxy leaves the only pod out",
    expected: "ejections_active 1",
    after: [{ do: "exec", in: fortio, command: fail }],
    check: {
      kind: "envoy-stat",
      ...fortio,
      stat: proxyOf("ejections_active"),
      atLeast: 1,
      atMost: 1,
    },
  },
];

function tryIt(_lab: LabOutputs, step: string): readonly string[] {
  const run = "kubectl exec deploy/fortio-deploy -c fortio -- /usr/bin/fortio load";
  const stats = "kubectl exec deploy/fortio-deploy -c istio-proxy -- pilot-agent request GET";
  const once = `${run} -curl ${url}/get`;
  if (step === "limits") {
    const load = [2, 3].map(
      (count) => `${run} -c ${count} -qps 0 -n 20 -loglevel Warning ${url}/get`,
    );
    return [once, ...load, `${stats} 'stats?filter=httpbin.*pending_overflow'`];
  }
  return [`${run} -curl ${url}/status/500`, once, `${stats} 'stats?filter=httpbin.*ejections'`];
}

function lookFor(step: string): readonly string[] {
  return step === "limits"
    ? [
        "with two connections most calls come through: Code 200",
        "with three more are refused: Code 503, by the caller's own proxy",
        "upstream_rq_pending_overflow counts what it held back",
      ]
    : [
        "the first call brings httpbin's own 500, the next one the proxy's 503: no healthy upstream",
        "ejections_active is 1 for three minutes",
      ];
}
