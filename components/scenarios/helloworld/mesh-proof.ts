import { podCall } from "../calls.ts";
import type { Caller } from "../checks/caller.ts";
import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { precedenceProof } from "./precedence-proof.ts";
import { greeting, httpsGreets, readyPod, shutOut, target } from "./rows.ts";

const curltest: Caller = { from: "pod", app: "curltest" };

/** Who gets through to the application at each step, and by what means. */
export function meshProof(lab: LabOutputs, step: string): readonly Expectation[] {
  const outside = httpsGreets(lab);
  switch (step) {
    case "no-sidecar":
      return [readyPod("helloworld", "1/1"), readyPod("curltest", "1/1"), greeted, outside];
    case "sidecar-permissive":
      return [
        readyPod("helloworld", "2/2"),
        readyPod("curltest", "1/1"),
        greeted,
        outside,
        counted("none", "unknown"),
      ];
    case "strict":
      return [
        readyPod("helloworld", "2/2"),
        readyPod("curltest", "1/1"),
        shutOut("helloworld", curltest),
        outside,
        probed,
      ];
    case "auto-inject":
      return [
        readyPod("helloworld", "2/2"),
        readyPod("curltest", "2/2"),
        greeted,
        outside,
        counted("mutual_tls", "curltest"),
        notCounted("none"),
      ];
    default:
      return [readyPod("helloworld", "2/2"), outside, ...precedenceProof(lab)];
  }
}

/** The client is greeted. */
const greeted: Expectation = {
  name: "curltest is greeted by helloworld",
  expected: "200, Hello, world!",
  check: podCall(curltest, target, { expect: greeting }),
};

/** The injector leads the kubelet's probe to the sidecar's agent, which asks the application behind it. */
const probed: Expectation = {
  name: "the kubelet's HTTP probe of helloworld keeps passing",
  expected: "Ready, by way of /app-health/helloworld/readyz",
  negative: true,
  check: {
    kind: "object",
    resource: "pods",
    namespace: "default",
    selector: "app=helloworld",
    expect: [
      {
        path: "items[*].spec.containers[name=helloworld].readinessProbe.httpGet.path",
        sameItems: ["/app-health/helloworld/readyz"],
      },
      { path: "items[*].status.conditions[type=Ready].status", sameItems: ["True"] },
    ],
  },
};

const calls = [{ do: "call" as const, times: 20, request: { caller: curltest, url: target } }];

function series(policy: string, source: string): string {
  return `istio_requests_total{reporter="destination",destination_workload="helloworld",connection_security_policy="${policy}",source_workload${source}}`;
}

/** Prometheus has requests of that kind from that workload; one without an identity is "unknown". */
function counted(policy: "mutual_tls" | "none", workload: string): Expectation {
  return {
    name: `Prometheus counts requests to helloworld with connection_security_policy ${policy}`,
    expected: "istio_requests_total > 0",
    after: calls,
    needs: "istio-metrics",
    check: { kind: "metric", query: series(policy, `="${workload}"`), above: 0 },
  };
}

function notCounted(policy: "none"): Expectation {
  return {
    name: "Prometheus counts no plain-text request to helloworld",
    expected: "no such series",
    after: calls,
    needs: "istio-metrics",
    negative: true,
    check: { kind: "metric", query: series(policy, '=~".+"'), absent: true },
  };
}
