/**
 * A PromQL query, asked of the Service `prometheus:9090` in istio-system through the Kubernetes API;
 * bounds hold for the sum over the answer's series.
 */
export interface MetricCheck {
  readonly kind: "metric";
  readonly query: string;
  readonly above?: number;
  /** The answer has no series, or all are 0. */
  readonly absent?: boolean;
}

/**
 * Lines of a workload's logs that contain a text, counted over its pods: since the row's stimulus began (whole
 * seconds), or the row itself where it has none.
 */
export interface LogCheck {
  readonly kind: "log";
  readonly app: string;
  /** @default "default" */
  readonly namespace?: string;
  readonly container: string;
  readonly contains: string;
  readonly count: { readonly atLeast: number; readonly atMost?: number };
}

/** An Envoy counter or gauge of a pod's proxy (admin port 15000), summed over the pods of `app`. */
export interface EnvoyStatCheck {
  readonly kind: "envoy-stat";
  readonly app: string;
  /** @default "default" */
  readonly namespace?: string;
  /** Regular expression on the statistic's name, found anywhere in it. No match counts as 0. */
  readonly stat: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}
