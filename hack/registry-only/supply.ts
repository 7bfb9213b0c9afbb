import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Supply } from "../../components/supply.ts";
import { istioVersion } from "../../components/versions.ts";
import { imageTag, imagesOf } from "./image-names.ts";
import { metricRelabelings } from "./metric-relabelings.ts";
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
const stockEnvoyValues = {
  telemetry: { enabled: false },
  env: {
    PILOT_ENABLE_ALPN_FILTER: "false",
    PILOT_ENABLE_METADATA_EXCHANGE: "false",
    PILOT_DISABLE_MX_ALPN: "true",
  },
  // The images are in the node, and nowhere else.
  global: { imagePullPolicy: "IfNotPresent" },
};

const limits = {
  grafana: noGrafana,
  "oauth2-proxy": noOauthProxy,
  "kiali-ui": "Kiali's Go module carries the server and its API, but not the web interface",
  "multi-node":
    "no network plugin for several nodes can be had from package registries (kindnet is refused), and the node image's own is for one node",
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
      values: { istiod: stockEnvoyValues, gateway: { imagePullPolicy: "IfNotPresent" } },
    },
    metallbChart: {
      folder: join(partFolder(partNamed("metallb", all), all), "charts", "metallb"),
    },
    meshManifests: [readFileSync(join(room, "manifests", "request-metrics.yaml"), "utf8")],
    metricRelabelings,
    containerdConfigPatches: lacksSysResource ? [oomScorePatch] : [],
    limits,
    parts: all.map(({ name, version, from }) => ({ name, version, from })),
  };
}

function onlyImage(part: string, all: readonly Part[]): string {
  const [name] = imagesOf(partNamed(part, all), all);
  if (name === undefined) throw new Error(`part "${part}" makes no image`);
  return name;
}
