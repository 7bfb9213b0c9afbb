import { stringify } from "yaml";

/** A rule of Prometheus's `metric_relabel_configs`. */
export type Relabeling = Readonly<Record<string, unknown>>;

/**
 * Prometheus's configuration: every pod that carries the annotation `prometheus.io/scrape: "true"`, which istiod gives
 * to all proxies.
 * @param relabelings what this supply's proxies need so that their metrics have Istio's names
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function prometheusConfig(relabelings: readonly Relabeling[]): string {
  const annotation = (name: string): string =>
    `__meta_kubernetes_pod_annotation_prometheus_io_${name}`;
  return stringify({
    // A class looks at a number seconds after it sent the traffic.
    global: { scrape_interval: "5s", scrape_timeout: "4s" },
    scrape_configs: [
      {
        job_name: "kubernetes-pods",
        kubernetes_sd_configs: [{ role: "pod" }],
        relabel_configs: [
          { source_labels: [annotation("scrape")], regex: "true", action: "keep" },
          { source_labels: ["__meta_kubernetes_pod_phase"], regex: "Running", action: "keep" },
          {
            source_labels: [annotation("path")],
            regex: "(.+)",
            target_label: "__metrics_path__",
          },
          {
            source_labels: ["__meta_kubernetes_pod_ip", annotation("port")],
            regex: "(.+);(.+)",
            replacement: "$1:$2",
            target_label: "__address__",
          },
          { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
          { source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod" },
        ],
        ...(relabelings.length > 0 ? { metric_relabel_configs: [...relabelings] } : {}),
      },
    ],
  });
}
