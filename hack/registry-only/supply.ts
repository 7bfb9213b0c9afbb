import { join } from "node:path";
import { stringify } from "yaml";
import type { Supply } from "../../components/supply.ts";
import { istioVersion } from "../../components/versions.ts";
import { imageTag, imagesOf } from "./image-names.ts";
import { istioMetrics } from "./metrics/istio-metrics.ts";
import { peerExchange } from "./metrics/peer-exchange.ts";
import { metricRelabelings } from "./metrics/relabelings.ts";
import { partFolder } from "./part-folder.ts";
import type { Part } from "./part.ts";
import { partNamed, room } from "./recipe-hash.ts";
import { hub } from "./releases.ts";
import {
  imagesByRole,
  missingImages,
  noGrafana,
  noOauthProxy,
  rolesInNode,
} from "./role-images.ts";

/** Without CAP_SYS_RESOURCE no process of the node may lower an oom_score_adj; containerd then leaves it alone. */
const oomScorePatch = '[plugins."io.containerd.grpc.v1.cri"]\n  restrict_oom_score_adj = true\n';

/** Stock Envoy has none of Istio's own filters; a proxy that is told to use one refuses its whole configuration. */
export const stockEnvoyValues = {
  telemetry: { enabled: false },
  env: {
    PILOT_ENABLE_ALPN_FILTER: "false",
    PILOT_ENABLE_METADATA_EXCHANGE: "false",
    PILOT_DISABLE_MX_ALPN: "true",
  },
} as const;

const limits = {
  grafana: noGrafana,
  "oauth2-proxy": noOauthProxy,
  "kiali-ui": "Kiali's Go module carries the server and its API, but not the web interface",
  "grpc-message-metrics":
    "istio_request_messages_total and istio_response_messages_total: stock Envoy's access logger can't count the messages of a stream that goes on",
  "tcp-open-metrics":
    "stock Envoy's access logger knows a connection's bytes as a whole: istio_tcp_* metrics count a connection when it ends, its opening too",
  "tcp-peer-workload":
    "stock Envoy's proxies tell each other of their workloads in HTTP headers: for TCP a server knows its caller's principal and namespace, a client all of its server but app and version; other labels of the peer are unknown",
} as const satisfies Supply["limits"];

/**
 * What the lab is built from, given a table of finished parts.
 * @param lacksSysResource whether this machine's containers can't have CAP_SYS_RESOURCE
 */
export function supplyOf(all: readonly Part[], lacksSysResource: boolean): Supply {
  const charts = join(partFolder(partNamed("istio", all), all), "charts");
  return {
    kind: "registry-only",
    nodeImage: onlyImage("node-image", all),
    images: imagesByRole(all),
    rolesInNode: rolesInNode(all),
    missingImages: missingImages(),
    istio: {
      version: istioVersion,
      hub,
      tag: imageTag(partNamed("istio-images", all), all),
      charts: {
        base: { folder: join(charts, "base") },
        istiod: { folder: join(charts, "istiod") },
        gateway: { folder: join(charts, "gateway") },
      },
      // The images are in the node, and nowhere else.
      values: {
        istiod: { ...stockEnvoyValues, global: { imagePullPolicy: "IfNotPresent" } },
      },
    },
    gatewayApi: join(partFolder(partNamed("gateway-api", all), all), "standard"),
    metallbChart: {
      folder: join(partFolder(partNamed("metallb", all), all), "charts", "metallb"),
    },
    meshManifests: [peerExchange, istioMetrics].map(asYaml),
    metricRelabelings,
    containerdConfigPatches: lacksSysResource ? [oomScorePatch] : [],
    severalNodes,
    limits,
    parts: all.map(({ name, version, from }) => ({ name, version, from })),
  };
}

/**
 * kindnet can't be had, and the node image's own network is for one node. With several, containerd writes each node's
 * network configuration itself, as soon as it knows the node's range of addresses, and a script makes the routes.
 * @see https://github.com/containerd/containerd/blob/v1.6.20/docs/cri/config.md#cni-config-template
 */
const severalNodes: Supply["severalNodes"] = {
  containerdConfigPatches: [
    [
      '[plugins."io.containerd.grpc.v1.cri".cni]',
      '  conf_dir = "/etc/cni/several-nodes"',
      '  conf_template = "/etc/cni/pod-network.conflist.template"',
      "",
    ].join("\n"),
  ],
  mounts: [
    {
      hostPath: join(room, "several-nodes", "pod-network.conflist.template"),
      containerPath: "/etc/cni/pod-network.conflist.template",
    },
  ],
  connectScript: join(room, "several-nodes", "connect-nodes.sh"),
};

/** Values that are used twice are written twice: the API server's YAML and a reader's eye want no aliases. */
function asYaml(object: object): string {
  return stringify(object, { aliasDuplicateObjects: false });
}

function onlyImage(part: string, all: readonly Part[]): string {
  const [name] = imagesOf(partNamed(part, all), all);
  if (name === undefined) throw new Error(`part "${part}" makes no image`);
  return name;
}
