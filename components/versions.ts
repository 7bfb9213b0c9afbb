/**
 * Everything the lab pins, and where upstream publishes it, once. Manifests and documentation are tested against this
 * file, and `npm run places` asks each place whether it still has what is pinned.
 */

/** Istio's charts, control plane, proxies and `istioctl`. */
export const istioVersion = "1.31.1";

/**
 * Hub of Istio's images. Nothing of 1.31 is on registry.istio.io or gcr.io.
 * @see https://istio.io/latest/news/releases/1.31.x/announcing-1.31/upgrade-notes/
 */
export const istioHub = "docker.io/istio";

/** MetalLB's chart and programs. */
export const metallbVersion = "0.15.2";

/** A Helm chart: the repository that publishes it, its name there, its version. */
export interface PinnedChart {
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

const istioCharts = "https://blob.istio.io/istio-release/charts";

/** The charts, by the name that the lab has for them. */
export const charts = {
  base: { repository: istioCharts, name: "base", version: istioVersion },
  istiod: { repository: istioCharts, name: "istiod", version: istioVersion },
  gateway: { repository: istioCharts, name: "gateway", version: istioVersion },
  metallb: {
    repository: "https://metallb.github.io/metallb",
    name: "metallb",
    version: metallbVersion,
  },
} as const satisfies Record<string, PinnedChart>;

/** A chart's name in {@link charts}. */
export type ChartName = keyof typeof charts;

/** A file that upstream publishes without a checksum. */
export interface PinnedFile {
  readonly version: string;
  readonly url: string;
  readonly sha256: string;
}

/**
 * The Gateway API's definitions, standard channel, of the version that this istiod knows. The
 * checksum is of the file that its `hack/build-install-yaml.sh` makes of the tag's sources, see the tests.
 * @see https://github.com/kubernetes-sigs/gateway-api/releases
 */
export const gatewayApi = {
  version: "1.6.3",
  url: "https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.3/standard-install.yaml",
  sha256: "356c2b8e286a964dc20995435659ad1095386329974793af10bbfe3eff977fe5",
} as const satisfies PinnedFile;

/** Kubernetes on the kind node. */
export const kubernetesVersion = "1.34.11";

/** The node image kind 0.33.0 was released with, by digest. */
export const kindNodeImage =
  "kindest/node:v1.34.11@sha256:44e222ee2132dab25ff87301682f89eb82c7880ea3a1bf543bfe9708fd08d67d";

/** Hosts that publish the command line tools and Pulumi's plugins. */
export const toolPlaces = {
  pulumi: "https://get.pulumi.com",
  kubernetes: "https://dl.k8s.io",
  github: "https://github.com",
} as const;

/** Command line tools. */
export const tools = {
  pulumi: "3.250.0",
  kind: "0.33.0",
  kubectl: "1.34.2",
  istioctl: istioVersion,
} as const;

/** Images of the demos and add-ons, by role. */
export const images = {
  httpbin: "docker.io/mccutchen/go-httpbin:2.26.0",
  client: "docker.io/curlimages/curl:8.16.0",
  prometheus: "docker.io/prom/prometheus:v3.10.0",
  kiali: "quay.io/kiali/kiali:v2.27.0",
  grafana: "docker.io/grafana/grafana:12.0.1",
  metallbController: "quay.io/metallb/controller:v0.15.2",
  metallbSpeaker: "quay.io/metallb/speaker:v0.15.2",
  hello1: "us-docker.pkg.dev/google-samples/containers/gke/hello-app:1.0",
  hello2: "us-docker.pkg.dev/google-samples/containers/gke/hello-app:2.0",
  productpage: `${istioHub}/examples-bookinfo-productpage-v1:1.20.3`,
  details: `${istioHub}/examples-bookinfo-details-v1:1.20.3`,
  ratings: `${istioHub}/examples-bookinfo-ratings-v1:1.20.3`,
  reviews1: `${istioHub}/examples-bookinfo-reviews-v1:1.20.3`,
  reviews2: `${istioHub}/examples-bookinfo-reviews-v2:1.20.3`,
  reviews3: `${istioHub}/examples-bookinfo-reviews-v3:1.20.3`,
  dex: "ghcr.io/dexidp/dex:v2.43.1",
  oauthProxy: "quay.io/oauth2-proxy/oauth2-proxy:v7.8.1",
  fortio: "docker.io/fortio/fortio:1.75.3",
} as const;

/** What a container image is for: a key of {@link images}. */
export type ImageRole = keyof typeof images;
