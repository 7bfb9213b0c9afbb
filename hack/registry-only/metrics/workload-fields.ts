/** One thing that a proxy knows of the workload it stands before. */
export interface WorkloadField {
  /** What follows `source_` or `destination_` in the label's name. */
  readonly label: string;
  /** Where it is in the metadata that the agent gives to Envoy, in CEL. */
  readonly attribute: string;
}

/**
 * What Istio's metrics say of a workload, in the order in which proxies tell it. The text that istiod puts at every
 * endpoint (`filter_metadata.istio.workload`) has the first five.
 */
export const workloadFields: readonly WorkloadField[] = [
  { label: "workload", attribute: "WORKLOAD_NAME" },
  { label: "workload_namespace", attribute: "NAMESPACE" },
  { label: "canonical_service", attribute: "LABELS['service.istio.io/canonical-name']" },
  { label: "canonical_revision", attribute: "LABELS['service.istio.io/canonical-revision']" },
  { label: "cluster", attribute: "CLUSTER_ID" },
  { label: "app", attribute: "LABELS['app']" },
  { label: "version", attribute: "LABELS['version']" },
];

/**
 * A substitution whose value is a CEL expression; an expression that meets something missing gives the empty text.
 * Envoy's CEL can't join texts.
 * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/attributes
 */
export function cel(expression: string): string {
  return `%CEL(${expression})%`;
}

/** The proxy's own value of a field. */
export function own({ attribute }: WorkloadField): string {
  return cel(`xds.node.metadata.${attribute}`);
}

/** The tag that carries what is told of the other side's workload, until Prometheus has made labels of it. */
export const peerTag = "istio_lab_peer";
