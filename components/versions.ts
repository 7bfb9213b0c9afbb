/** Everything the lab pins, once. Manifests and documentation are tested against this file. */

/** Istio's charts, control plane, proxies and `istioctl`. */
export const istioVersion = "1.31.1";

/** MetalLB's chart and programs. */
export const metallbVersion = "0.15.2";

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
  grafana: "docker.io/grafana/grafana:12.0.1",
  metallbController: "quay.io/metallb/controller:v0.15.2",
  metallbSpeaker: "quay.io/metallb/speaker:v0.15.2",
  hello1: "us-docker.pkg.dev/google-samples/containers/gke/hello-app:1.0",
  hello2: "us-docker.pkg.dev/google-samples/containers/gke/hello-app:2.0",
  productpage: "registry.istio.io/release/examples-bookinfo-productpage-v1:1.20.3",
  details: "registry.istio.io/release/examples-bookinfo-details-v1:1.20.3",
  ratings: "registry.istio.io/release/examples-bookinfo-ratings-v1:1.20.3",
  reviews1: "registry.istio.io/release/examples-bookinfo-reviews-v1:1.20.3",
  reviews2: "registry.istio.io/release/examples-bookinfo-reviews-v2:1.20.3",
  reviews3: "registry.istio.io/release/examples-bookinfo-reviews-v3:1.20.3",
  dex: "ghcr.io/dexidp/dex:v2.43.1",
  oauthProxy: "quay.io/oauth2-proxy/oauth2-proxy:v7.8.1",
  fortio: "docker.io/fortio/fortio:1.63.9",
} as const;

/** What a container image is for: a key of {@link images}. */
export type ImageRole = keyof typeof images;
