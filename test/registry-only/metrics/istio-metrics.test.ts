import { describe, expect, it } from "vitest";
import { istioMetrics } from "../../../hack/registry-only/metrics/istio-metrics.ts";
import { omit } from "../../support/omit.ts";

interface Stat {
  readonly name: string;
  readonly tags: readonly { readonly name: string; readonly value_format: string }[];
}
interface Metric {
  readonly stat: Stat;
  readonly unit?: string;
  readonly value_fixed?: number;
  readonly value_format?: string;
}
interface Log {
  readonly filter: { readonly log_type_filter: { readonly types: readonly string[] } };
  readonly typed_config: {
    readonly stat_prefix: string;
    readonly counters?: readonly Metric[];
    readonly histograms?: readonly Metric[];
  };
}
interface Patch {
  readonly match: {
    readonly context: string;
    readonly listener: { readonly filterChain: { readonly filter: { readonly name: string } } };
  };
  readonly patch: {
    readonly operation: string;
    readonly value: { readonly typed_config: { readonly access_log: readonly [Log] } };
  };
}

const { configPatches } = istioMetrics["spec"] as { configPatches: readonly Patch[] };
const http = "envoy.filters.network.http_connection_manager";
const tcp = "envoy.filters.network.tcp_proxy";

function log(context: string, filter: string): Log {
  const found = configPatches.find(
    ({ match }) => match.context === context && match.listener.filterChain.filter.name === filter,
  );
  if (found === undefined) throw new Error(`no patch for ${context} ${filter}`);
  return found.patch.value.typed_config.access_log[0];
}

function metrics(context: string, filter: string): readonly Metric[] {
  const { counters = [], histograms = [] } = log(context, filter).typed_config;
  return [...counters, ...histograms];
}

function tags(context: string, filter = http): Record<string, string> {
  const [{ stat } = { stat: { name: "", tags: [] } }] = metrics(context, filter);
  return Object.fromEntries(stat.tags.map(({ name, value_format }) => [name, value_format]));
}

/** Every label of Istio's request metrics but two that follow from others, and the text the rest is made of. */
const workload = (side: string): string[] =>
  ["workload", "workload_namespace", "canonical_service", "canonical_revision", "cluster"]
    .concat("app", "version")
    .map((label) => `${side}_${label}`);
const peers = [
  "istio_lab_peer",
  "source_principal",
  "destination_principal",
  "destination_service",
  "destination_service_name",
  "destination_service_namespace",
];
const answer = ["request_protocol", "response_code", "grpc_response_status", "response_flags"];

describe("Istio's metrics on stock Envoy", () => {
  it("are merged into every HTTP and TCP filter of sidecars and gateways", () => {
    expect(
      configPatches.map(({ match, patch }) => [
        match.context,
        match.listener.filterChain.filter.name,
        patch.operation,
      ]),
    ).toEqual([
      ["SIDECAR_INBOUND", http, "MERGE"],
      ["SIDECAR_INBOUND", tcp, "MERGE"],
      ["SIDECAR_OUTBOUND", http, "MERGE"],
      ["SIDECAR_OUTBOUND", tcp, "MERGE"],
      ["GATEWAY", http, "MERGE"],
      ["GATEWAY", tcp, "MERGE"],
    ]);
  });

  it("count requests, their time and their bytes, when they end", () => {
    expect(
      metrics("GATEWAY", http).map((metric) => [metric.stat.name, omit(metric, "stat")]),
    ).toEqual([
      ["requests_total", { value_fixed: 1 }],
      ["request_duration_milliseconds", { unit: "Milliseconds", value_format: "%DURATION%" }],
      ["request_bytes", { unit: "Bytes", value_format: "%DOWNSTREAM_WIRE_BYTES_RECEIVED%" }],
      ["response_bytes", { unit: "Bytes", value_format: "%DOWNSTREAM_WIRE_BYTES_SENT%" }],
    ]);
    expect(log("GATEWAY", http).filter.log_type_filter.types).toEqual(["DownstreamEnd"]);
    expect(log("GATEWAY", http).typed_config.stat_prefix).toBe("istio");
  });

  it("count TCP connections and their bytes, when they end", () => {
    expect(metrics("SIDECAR_INBOUND", tcp).map(({ stat }) => stat.name)).toEqual([
      "tcp_connections_opened_total",
      "tcp_connections_closed_total",
      "tcp_sent_bytes_total",
      "tcp_received_bytes_total",
    ]);
    expect(log("SIDECAR_INBOUND", tcp).filter.log_type_filter.types).toEqual(["TcpConnectionEnd"]);
    expect(Object.keys(tags("SIDECAR_INBOUND", tcp))).toEqual([
      ...["reporter", ...workload("destination"), ...peers, "request_protocol", "response_flags"],
    ]);
  });

  it.each([
    ["SIDECAR_INBOUND", "destination", "destination"],
    ["SIDECAR_OUTBOUND", "source", "source"],
    ["GATEWAY", "source", "source"],
  ])("%s reports as %s, with all labels of its own side", (context, reporter, side) => {
    expect(tags(context)["reporter"]).toBe(reporter);
    expect(Object.keys(tags(context))).toEqual([
      ...["reporter", ...workload(side), ...peers, ...answer],
    ]);
    expect(tags(context)[`${side}_workload`]).toBe("%CEL(xds.node.metadata.WORKLOAD_NAME)%");
  });

  it("all have the same labels within a context", () => {
    const [first, ...others] = metrics("SIDECAR_OUTBOUND", http);
    for (const { stat } of others) expect(stat.tags).toEqual(first?.stat.tags);
  });

  it("ask the server's answer for the peer, else istiod", () => {
    expect(tags("SIDECAR_OUTBOUND")["istio_lab_peer"]).toBe(
      "%CEL('istio_lab' in metadata.filter_metadata ? metadata.filter_metadata.istio_lab.peer : xds.upstream_host_metadata.filter_metadata.istio.workload)%",
    );
    expect(tags("SIDECAR_INBOUND")["istio_lab_peer"]).toBe(
      "%CEL(metadata.filter_metadata.istio_lab.peer)%",
    );
  });

  it("take what a caller wrote for an unknown service only at a sidecar, whose application is known", () => {
    expect(tags("SIDECAR_OUTBOUND")["destination_service"]).toMatch(/ : request\.host\)%$/);
    expect(tags("GATEWAY")["destination_service"]).toMatch(/ : ''\)%$/);
    expect(tags("SIDECAR_INBOUND")["destination_service"]).toMatch(/ : ''\)%$/);
  });

  it("take identities from the certificates of the connection that is counted", () => {
    expect(tags("SIDECAR_INBOUND")).toMatchObject({
      source_principal: "%DOWNSTREAM_PEER_URI_SAN%",
      destination_principal: "%DOWNSTREAM_LOCAL_URI_SAN%",
    });
    expect(tags("GATEWAY")).toMatchObject({
      source_principal: "%UPSTREAM_LOCAL_URI_SAN%",
      destination_principal: "%UPSTREAM_PEER_URI_SAN%",
    });
  });
});
