import { podCall, sleep } from "../calls.ts";
import type { Expectation, Stimulus } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";
import { productPage } from "./calls.ts";

const kiali = "http://kiali.istio-system:20001/kiali";

/** Kiali is there and needs no password: its API, unlike its health, is closed to who has to log in. */
export const kialiAnswers: Expectation = {
  name: "Kiali's API answers without a login",
  expected: "200, namespaces default and istio-system",
  needs: "kiali",
  check: podCall(sleep, `${kiali}/api/namespaces`, {
    expect: {
      status: [200],
      json: [{ path: "[*].name", includes: ["default", "istio-system"] }],
    },
  }),
};

/** Traffic that Prometheus has seen begin, and more of it. */
function traffic(lab: LabOutputs): readonly Stimulus[] {
  const calls: Stimulus = { do: "call", times: 30, request: productPage(lab) };
  const seen: Stimulus = {
    do: "await-metric",
    check: {
      kind: "metric",
      query: 'istio_requests_total{reporter="destination",destination_workload="ratings-v1"}',
      above: 0,
    },
  };
  // Kiali draws rates: of what came before Prometheus first looked there is none.
  return [calls, seen, calls];
}

/** Both sides of a call count it, and know which workload the other one was. */
export function counts(lab: LabOutputs): Expectation[] {
  const workloads = (series: string, label: string): string =>
    `count(count by (${label}) (istio_requests_total{${series}}))`;
  return [
    {
      name: "the product page's proxy counts which versions of reviews answered",
      expected: "istio_requests_total of the source: reviews-v1, reviews-v2, reviews-v3",
      after: traffic(lab),
      needs: "istio-metrics",
      check: {
        kind: "metric",
        query: workloads(
          'reporter="source",source_workload="productpage-v1",destination_service_name="reviews",destination_workload=~"reviews-v[123]",destination_version=~"v[123]"',
          "destination_workload, destination_version",
        ),
        above: 2,
      },
    },
    {
      name: "the proxy of ratings counts which versions of reviews called",
      expected: "istio_requests_total of the destination: reviews-v2, reviews-v3",
      after: traffic(lab),
      needs: "istio-metrics",
      check: {
        kind: "metric",
        query: workloads(
          'reporter="destination",destination_workload="ratings-v1",source_workload=~"reviews-v[23]",connection_security_policy="mutual_tls"',
          "source_workload, source_version",
        ),
        above: 1,
      },
    },
  ];
}

/** After traffic Kiali draws every service and version, and who called whom. */
export function graph(lab: LabOutputs): Expectation {
  return {
    name: "Kiali draws Bookinfo as traffic showed it",
    expected: "productpage, details, reviews v1 to v3, ratings; at least 6 edges",
    after: traffic(lab),
    needs: "kiali",
    check: podCall(
      sleep,
      `${kiali}/api/namespaces/graph?namespaces=default&duration=60s&graphType=workload&appenders=deadNode`,
      {
        // Traffic goes on while the graph is looked at: on a busy machine a scrape comes late, and its rates are gone.
        session: Array.from({ length: 6 }, () => ({ url: "http://productpage:9080/productpage" })),
        expect: {
          status: [200],
          json: [
            { path: "elements.nodes[*].data.workload", includes: workloads },
            { path: "elements.edges[*].data.id", itemsAtLeast: 6 },
          ],
        },
      },
    ),
  };
}

const workloads = [
  "productpage-v1",
  "details-v1",
  "reviews-v1",
  "reviews-v2",
  "reviews-v3",
  "ratings-v1",
];
