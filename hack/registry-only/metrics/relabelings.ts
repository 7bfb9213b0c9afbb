import type { Relabeling } from "../../../components/addons/prometheus-config.ts";
import { peerTag, workloadFields } from "./workload-fields.ts";

/** Only the lab's metrics are touched; their name goes last, since every other rule looks for it. */
const lab = "envoy_istio_.+";

/** Sets a label where other labels, joined by ";", match a pattern. */
function set(label: string, from: readonly string[], pattern: string, value = "$1"): Relabeling {
  return {
    source_labels: ["__name__", ...from],
    separator: ";",
    regex: `${lab};${pattern}`,
    target_label: label,
    replacement: value,
  };
}

/** Gives a label one value where nothing gave it another. */
function fallback(label: string, value: string): Relabeling {
  return set(label, [label], "", value);
}

/** The other side's workload, as far as it is told, and its namespace, which its identity knows better. */
function peerLabels(reporter: string, side: string): Relabeling[] {
  const field = (index: number): string => `${reporter};(?:[^;]*;){${index}}([^;]+)(?:;.*)?`;
  return [
    ...workloadFields.map(({ label }, index) =>
      set(`${side}_${label}`, ["reporter", peerTag], field(index)),
    ),
    set(
      `${side}_workload_namespace`,
      ["reporter", `${side}_principal`],
      `${reporter};spiffe://[^/]+/ns/([^/]+)/sa/.+`,
    ),
  ];
}

const sides = ["source", "destination"] as const;

/**
 * Gives what stock Envoy's stats access logger counts (istio-metrics.ts) the names and the labels of Istio's own
 * metrics, `unknown` included.
 * @see https://istio.io/latest/docs/reference/config/metrics/
 */
export const metricRelabelings: readonly Relabeling[] = [
  ...peerLabels("destination", "source"),
  ...peerLabels("source", "destination"),
  // Both have an identity under mutual TLS; a client's own view of it is not reported.
  set("connection_security_policy", ["reporter"], "source", "unknown"),
  set("connection_security_policy", ["reporter"], "destination", "none"),
  set(
    "connection_security_policy",
    ["reporter", "source_principal", "destination_principal"],
    "destination;.+;.+",
    "mutual_tls",
  ),
  set("request_protocol", ["grpc_response_status"], "[0-9]+", "grpc"),
  // A server that is asked for no service of its own goes by its own name.
  ...["destination_service", "destination_service_name"].map((label) =>
    set(label, ["reporter", label, "destination_canonical_service"], "destination;;(.+)"),
  ),
  set(
    "destination_service_namespace",
    ["destination_service_namespace", "destination_workload_namespace"],
    ";(.+)",
  ),
  ...["", "_name", "_namespace"].map((part) => fallback(`destination_service${part}`, "unknown")),
  ...sides.flatMap((side) => [
    fallback(`${side}_canonical_revision`, "latest"),
    fallback(`${side}_principal`, "unknown"),
    ...workloadFields.map(({ label }) => fallback(`${side}_${label}`, "unknown")),
  ]),
  { regex: peerTag, action: "labeldrop" },
  {
    source_labels: ["__name__"],
    regex: "envoy_(istio_.+)",
    target_label: "__name__",
    replacement: "$1",
  },
];
