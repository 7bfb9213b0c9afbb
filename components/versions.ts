/** Everything the lab pins, once. Manifests and documentation are tested against this file. */

/** Istio's charts, control plane, proxies and `istioctl`. */
export const istioVersion = "1.31.1";

/** Kubernetes on the kind node. */
export const kubernetesVersion = "1.34.11";

/** The node image kind 0.33.0 was released with, by digest. */
export const kindNodeImage =
  "kindest/node:v1.34.11@sha256:44e222ee2132dab25ff87301682f89eb82c7880ea3a1bf543bfe9708fd08d67d";

/** Command line tools. */
export const tools = {
  pulumi: "3.250.0",
  kind: "0.33.0",
  kubectl: "1.34.2",
  istioctl: istioVersion,
} as const;

/** Images of the demos and add-ons, by role. */
export const images = {
  httpbin: "docker.io/mccutchen/go-httpbin:v2.26.0",
  client: "docker.io/curlimages/curl:8.16.0",
  prometheus: "docker.io/prom/prometheus:v3.10.0",
  kiali: "quay.io/kiali/kiali:v2.27.0",
} as const;
