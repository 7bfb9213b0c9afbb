import { httpCall } from "../calls.ts";
import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";

/** Titles as the dashboards themselves say them. */
const istioDashboards = ["Mesh", "Service", "Workload", "Performance", "Control Plane"].map(
  (name) => `Istio ${name} Dashboard`,
);
const ownDashboard = "Istio Lab: Requests";

/** The dashboard is there, what it asks for has an answer, and Grafana shows it beside Istio's. */
export function grafanaProof(lab: LabOutputs, host: string): Expectation[] {
  const greeting = httpCall(lab, host, "/", {
    times: 20,
    expect: { status: [200], body: { contains: ["Version: 1.0.0"], lacks: ["Version: 2.0.0"] } },
  });
  return [
    {
      name: `${host} greets everybody, without a token`,
      expected: "20 of 20: Version: 1.0.0",
      check: greeting,
    },
    {
      name: "the lab's own dashboard is ready for import",
      expected: `ConfigMap with ${ownDashboard}, two panels about istio_requests_total`,
      check: {
        kind: "object",
        resource: "configmap",
        name: "grafana-dashboards",
        namespace: "istio-system",
        expect: [
          {
            path: 'data["istio-lab.json"]',
            json: [
              { path: "title", equals: ownDashboard },
              { path: "panels[*].type", sameItems: ["timeseries", "stat"] },
              { path: "panels[*].targets[*].expr", contains: "istio_requests_total" },
            ],
          },
        ],
      },
    },
    {
      name: "Prometheus has what the dashboard shows: requests from the gateway to helloworld",
      expected: "istio_requests_total > 0",
      after: [{ do: "call", times: 20, request: greeting }],
      needs: "istio-metrics",
      check: {
        kind: "metric",
        query:
          'sum by (destination_service_name, response_code) (istio_requests_total{reporter="source",source_workload="istio-ingressgateway",destination_service_name="helloworld"})',
        above: 0,
      },
    },
    {
      name: "Grafana has Istio's dashboards and the lab's own",
      expected: [...istioDashboards, ownDashboard].join(", "),
      needs: "grafana",
      check: {
        kind: "http",
        caller: {
          from: "pod",
          app: "istio-ingressgateway",
          namespace: "istio-system",
          container: "istio-proxy",
        },
        url: "http://grafana.istio-system:3000/api/search?type=dash-db&limit=100",
        expect: {
          status: [200],
          json: [{ path: "[*].title", includes: [...istioDashboards, ownDashboard] }],
        },
      },
    },
  ];
}
