import type { KubernetesObject } from "../../../components/kubernetes-manifest.ts";
import {
  type ConfigPatch,
  type Context,
  envoyFilter,
  httpConnectionManager,
  tcpProxy,
  typed,
} from "./envoy-filter.ts";
import { peerNamespace } from "./peer-exchange.ts";
import { cel, own, peerTag, workloadFields } from "./workload-fields.ts";

type Tags = Readonly<Record<string, string>>;
type Stat = Readonly<{ name: string; tags: readonly object[] }>;

const istio = "xds.cluster_metadata.filter_metadata.istio";
const known = `has(xds.cluster_metadata) && 'istio' in xds.cluster_metadata.filter_metadata && 'services' in ${istio}`;

/** What the chosen cluster says of its service, and what to say where it says nothing. */
function service(field: "host" | "name" | "namespace", otherwise: string): string {
  return cel(`${known} ? ${istio}.services[0].${field} : ${otherwise}`);
}

/** The names Istio gives to what is no service. */
function nameOtherwise(clusters: readonly string[], otherwise: string): string {
  const names = clusters.map((name) => `'${name}'`).join(", ");
  return `has(xds.cluster_metadata) && xds.cluster_name in [${names}] ? xds.cluster_name : ${otherwise}`;
}

function ownWorkload(side: "source" | "destination"): Tags {
  return Object.fromEntries(workloadFields.map((field) => [`${side}_${field.label}`, own(field)]));
}

const told = `metadata.filter_metadata.${peerNamespace}.peer`;

const server: Tags = {
  reporter: "destination",
  ...ownWorkload("destination"),
  [peerTag]: cel(told),
  source_principal: "%DOWNSTREAM_PEER_URI_SAN%",
  destination_principal: "%DOWNSTREAM_LOCAL_URI_SAN%",
  destination_service: service("host", "''"),
  destination_service_name: service("name", nameOtherwise(["InboundPassthroughCluster"], "''")),
  destination_service_namespace: cel("xds.node.metadata.NAMESPACE"),
};

/** @param host what stands for a service that is not known, in CEL: what the caller wrote, except at a gateway */
function client(host: string): Tags {
  return {
    reporter: "source",
    ...ownWorkload("source"),
    // What the server's proxy answered, else what istiod says of the endpoint.
    [peerTag]: cel(
      `'${peerNamespace}' in metadata.filter_metadata ? ${told} : xds.upstream_host_metadata.filter_metadata.istio.workload`,
    ),
    source_principal: "%UPSTREAM_LOCAL_URI_SAN%",
    destination_principal: "%UPSTREAM_PEER_URI_SAN%",
    destination_service: service("host", host),
    destination_service_name: service(
      "name",
      nameOtherwise(
        ["PassthroughCluster", "BlackHoleCluster"],
        `has(xds.route_name) && xds.route_name == 'block_all' ? 'BlackHoleCluster' : ${host}`,
      ),
    ),
    destination_service_namespace: service("namespace", "''"),
  };
}

function stat(name: string, tags: Tags): Stat {
  return {
    name,
    tags: Object.entries(tags).map(([tag, format]) => ({ name: tag, value_format: format })),
  };
}

function logger(types: readonly string[], metrics: object): object {
  return {
    name: "envoy.access_loggers.stats",
    filter: { log_type_filter: { types } },
    typed_config: typed("envoy.extensions.access_loggers.stats.v3.Config", {
      // istiod's bootstrap keeps only statistics whose name begins so.
      stat_prefix: "istio",
      ...metrics,
    }),
  };
}

function requests(peers: Tags): object {
  const tags = {
    ...peers,
    request_protocol: "http",
    response_code: "%RESPONSE_CODE%",
    grpc_response_status: "%GRPC_STATUS_NUMBER%",
    response_flags: "%RESPONSE_FLAGS%",
  };
  const histogram = (name: string, unit: string, format: string): object => ({
    unit,
    value_format: format,
    stat: stat(name, tags),
  });
  return logger(["DownstreamEnd"], {
    counters: [{ value_fixed: 1, stat: stat("requests_total", tags) }],
    histograms: [
      histogram("request_duration_milliseconds", "Milliseconds", "%DURATION%"),
      histogram("request_bytes", "Bytes", "%DOWNSTREAM_WIRE_BYTES_RECEIVED%"),
      histogram("response_bytes", "Bytes", "%DOWNSTREAM_WIRE_BYTES_SENT%"),
    ],
  });
}

function connections(peers: Tags): object {
  const tags = { ...peers, request_protocol: "tcp", response_flags: "%RESPONSE_FLAGS%" };
  const counter = (name: string, value: object): object => ({ ...value, stat: stat(name, tags) });
  // The formatters tell what a connection carried from its beginning: it can be counted once, at its end.
  return logger(["TcpConnectionEnd"], {
    counters: [
      counter("tcp_connections_opened_total", { value_fixed: 1 }),
      counter("tcp_connections_closed_total", { value_fixed: 1 }),
      counter("tcp_sent_bytes_total", { value_format: "%DOWNSTREAM_WIRE_BYTES_SENT%" }),
      counter("tcp_received_bytes_total", { value_format: "%DOWNSTREAM_WIRE_BYTES_RECEIVED%" }),
    ],
  });
}

function logged(context: Context, filter: string, type: string, log: object): ConfigPatch {
  return {
    applyTo: "NETWORK_FILTER",
    match: { context, listener: { filterChain: { filter: { name: filter } } } },
    patch: { operation: "MERGE", value: { typed_config: typed(type, { access_log: [log] }) } },
  };
}

const sides: readonly (readonly [Context, Tags])[] = [
  ["SIDECAR_INBOUND", server],
  ["SIDECAR_OUTBOUND", client("request.host")],
  ["GATEWAY", client("''")],
];

/**
 * Istio's metrics on stock Envoy, which has an access logger that counts where Istio has a filter. Prometheus gives them
 * their usual names and the labels their last touch (relabelings.ts).
 * @see https://istio.io/latest/docs/reference/config/metrics/
 */
export const istioMetrics: KubernetesObject = envoyFilter(
  "istio-lab-metrics",
  sides.flatMap(([context, peers]) => [
    logged(
      context,
      httpConnectionManager,
      "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      requests(peers),
    ),
    logged(
      context,
      tcpProxy,
      "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
      connections(peers),
    ),
  ]),
);
