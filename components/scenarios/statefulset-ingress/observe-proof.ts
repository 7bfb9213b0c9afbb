import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { httpsCall, sleep } from "../calls.ts";

/** What Prometheus counts and Kiali draws after traffic from both sides. */
export function observeProof(lab: LabOutputs): Expectation[] {
  const series = 'istio_requests_total{reporter="destination",destination_workload="httpbin"';
  const traffic = lab.hosts.flatMap((name, ordinal) => [
    { do: "call" as const, times: 20, request: httpsCall(lab, name, "/status/200") },
    {
      do: "call" as const,
      times: 20,
      request: {
        caller: sleep,
        url: `http://httpbin-${ordinal}.httpbin.default.svc.cluster.local/status/200`,
      },
    },
  ]);
  const bothSeen = {
    do: "await-metric" as const,
    check: {
      kind: "metric" as const,
      query: `count(count by (source_workload) (${series}}))`,
      above: 1,
    },
  };
  const metric = (source: string): Expectation => ({
    name: `Prometheus counts mutual TLS requests from ${source}`,
    expected: "istio_requests_total > 0",
    after: traffic,
    needs: "istio-metrics",
    check: {
      kind: "metric",
      query: `${series},connection_security_policy="mutual_tls",source_workload="${source}"}`,
      above: 0,
    },
  });
  return [
    metric("sleep"),
    metric("istio-ingressgateway"),
    {
      name: "Prometheus counts no plain-text request",
      expected: "no such series",
      after: traffic,
      needs: "istio-metrics",
      negative: true,
      check: {
        kind: "metric",
        query: `${series},connection_security_policy="none"}`,
        absent: true,
      },
    },
    {
      name: "Kiali draws every edge to httpbin as mutual TLS",
      expected: "edges to httpbin, isMTLS 100",
      // Kiali draws rates: of what came before Prometheus first looked there is none.
      after: [...traffic, bothSeen, ...traffic],
      needs: "kiali",
      check: {
        kind: "http",
        caller: sleep,
        url: "http://kiali.istio-system:20001/kiali/api/namespaces/default/workloads/httpbin/graph?duration=60s&graphType=workload&appenders=securityPolicy",
        expect: {
          status: [200],
          // One edge from sleep, one from the gateway, each with its share of mutual TLS in percent.
          json: [{ path: "elements.edges[*].data.isMTLS", sameItems: ["100", "100"] }],
        },
      },
    },
  ];
}
