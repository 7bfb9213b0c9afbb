import type { Relabeling } from "../../components/addons/prometheus-config.ts";

/** Only the lab's counter is touched; its name goes last, since every other rule looks for it. */
const own = "envoy_.*istio_requests_total";

/** Fills a label from what another one holds. */
function derive(source: string, pattern: string, label: string, value = "$1"): Relabeling {
  return {
    source_labels: ["__name__", source],
    separator: ";",
    regex: `${own};${pattern}`,
    target_label: label,
    replacement: value,
  };
}

/** Gives a label one value wherever nothing gave it another. */
function fallback(label: string, value: string): Relabeling {
  return derive(label, "-?", label, value);
}

/** Fills an empty label from what another one holds. */
function fillFrom(source: string, pattern: string, label: string, value: string): Relabeling {
  return {
    source_labels: ["__name__", label, source],
    separator: ";",
    regex: `${own};;${pattern}`,
    target_label: label,
    replacement: value,
  };
}

const principal = "spiffe://[^/]+/ns/([^/]+)/sa/([^/]+)";
const meshService = "([^.]+)\\.([^.]+)\\.svc\\.cluster\\.local";

/**
 * Gives the counter of stock Envoy's stats access logger (manifests/request-metrics.yaml) the name and the labels of
 * Istio's own. One ServiceAccount a workload lets the peer's workload follow from its identity; an empty identity
 * means plain text.
 * @see https://istio.io/latest/docs/reference/config/metrics/
 */
export const metricRelabelings: readonly Relabeling[] = [
  // The peer's workload, from its identity. A reporter knows its own workload better than its ServiceAccount does, which
  // may be shared: only what is empty is filled.
  ...["source", "destination"].flatMap((side) => [
    fillFrom(`${side}_principal`, principal, `${side}_workload_namespace`, "$1"),
    fillFrom(`${side}_principal`, principal, `${side}_workload`, "$2"),
  ]),
  // Mutual TLS shows in the identities.
  derive("source_principal", ".*", "connection_security_policy", "none"),
  derive("source_principal", "spiffe://.+", "connection_security_policy", "mutual_tls"),
  derive("request_protocol", "HTTP/.*", "request_protocol", "http"),
  // The service, from the cluster a client chose or the authority a server was asked for.
  derive("upstream_cluster", "outbound\\|[0-9]+\\|[^|]*\\|(.+)", "destination_service"),
  // Kept whole under a name of its own: without its port the authority of one series could become another's.
  derive("destination_service", "(.+)", "request_authority"),
  derive("destination_service", "(.+):[0-9]+", "destination_service"),
  derive("destination_service", `(?:[^.]+\\.)?${meshService}`, "destination_service_name", "$1"),
  derive(
    "destination_service",
    `(?:[^.]+\\.)?${meshService}`,
    "destination_service_namespace",
    "$2",
  ),
  ...["source", "destination"].flatMap((side) => [
    fallback(`${side}_workload`, "unknown"),
    fallback(`${side}_workload_namespace`, "unknown"),
    derive(`${side}_workload`, "(.+)", `${side}_canonical_service`),
    derive(`${side}_workload`, "(.+)", `${side}_canonical_revision`, "latest"),
    derive(`${side}_workload`, "(.+)", `${side}_cluster`, "Kubernetes"),
  ]),
  // Where the authority is a public host, the workload's own name stands for its service.
  derive("destination_workload", "(.+)", "lab_destination"),
  fillFrom("lab_destination", "(.+)", "destination_service_name", "$1"),
  fillFrom("destination_workload_namespace", "(.+)", "destination_service_namespace", "$1"),
  { regex: "lab_destination|upstream_cluster", action: "labeldrop" },
  {
    source_labels: ["__name__"],
    regex: own,
    target_label: "__name__",
    replacement: "istio_requests_total",
  },
];
