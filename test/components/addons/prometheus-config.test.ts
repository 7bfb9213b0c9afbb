import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { prometheusConfig } from "../../../components/addons/prometheus-config.ts";

const pods = {
  job_name: "kubernetes-pods",
  kubernetes_sd_configs: [{ role: "pod" }],
  relabel_configs: [
    {
      source_labels: ["__meta_kubernetes_pod_annotation_prometheus_io_scrape"],
      regex: "true",
      action: "keep",
    },
    { source_labels: ["__meta_kubernetes_pod_phase"], regex: "Running", action: "keep" },
    {
      source_labels: ["__meta_kubernetes_pod_annotation_prometheus_io_path"],
      regex: "(.+)",
      target_label: "__metrics_path__",
    },
    {
      source_labels: [
        "__meta_kubernetes_pod_ip",
        "__meta_kubernetes_pod_annotation_prometheus_io_port",
      ],
      regex: "(.+);(.+)",
      replacement: "$1:$2",
      target_label: "__address__",
    },
    { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
    { source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod" },
  ],
};

describe("prometheusConfig", () => {
  it("scrapes every annotated pod, often enough for a class", () => {
    expect(parse(prometheusConfig([]))).toEqual({
      global: { scrape_interval: "5s", scrape_timeout: "4s" },
      scrape_configs: [pods],
    });
  });

  it("gives metrics their usual names with this supply's rules, in their order", () => {
    const rules = [
      { source_labels: ["a"], target_label: "b" },
      { regex: "c", action: "labeldrop" },
    ];
    expect(parse(prometheusConfig(rules))).toMatchObject({
      scrape_configs: [{ ...pods, metric_relabel_configs: rules }],
    });
  });
});
