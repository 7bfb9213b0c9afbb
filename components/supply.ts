import { readFileSync } from "node:fs";
import { ConfigError } from "./faults.ts";
import {
  charts,
  gatewayApi,
  images,
  istioHub,
  istioVersion,
  kindNodeImage,
  type ImageRole,
  type PinnedChart,
} from "./versions.ts";
import type { Relabeling } from "./addons/prometheus-config.ts";
import type { Capability } from "./scenarios/expectation.ts";

/** One tool, image or chart of the lab and where it came from. */
export interface SupplyPart {
  readonly name: string;
  readonly version: string;
  /** "found on this machine", "downloaded", "built from …", "stand-in: …" */
  readonly from: string;
}

/**
 * Where a Helm chart is: a folder of this machine, with what is published where set-up got it from there; or, where
 * set-up never ran, its repository alone.
 */
export type ChartSource =
  PinnedChart | { readonly folder: string } | (PinnedChart & { readonly folder: string });

/** How the pods of several kind nodes come to one network, where the node image has no network plugin for that. */
export interface SeveralNodes {
  /** Containerd settings of every node, for the kind config. */
  readonly containerdConfigPatches: readonly string[];
  /** Files of this machine that every node sees, read-only. */
  readonly mounts: readonly { readonly hostPath: string; readonly containerPath: string }[];
  /** Shell script that is run once kind made the cluster, with CLUSTER and KUBECONFIG_FILE set. */
  readonly connectScript: string;
}

/**
 * What the lab is built from. The program reads it and does not know how it came to be:
 * hack/toolchain writes it to `.lab/supply.json`; without that file the official places are used.
 */
export interface Supply {
  readonly kind: "official" | "registry-only";
  /** kind node image. */
  readonly nodeImage: string;
  /** Images by role. */
  readonly images: Readonly<Record<ImageRole, string>>;
  /** Roles whose images the node image has inside. */
  readonly rolesInNode: readonly ImageRole[];
  /** Why the image of a role can't be had, for those that can't. */
  readonly missingImages: Readonly<Partial<Record<ImageRole, string>>>;
  readonly istio: {
    readonly version: string;
    /** Image hub and tag for istiod and the proxies. */
    readonly hub: string;
    readonly tag: string;
    readonly charts: Readonly<Record<"base" | "istiod" | "gateway", ChartSource>>;
    /** Helm values this supply needs on top of the lab's own, by chart. */
    readonly values: Readonly<
      Partial<Record<"base" | "istiod" | "gateway", Record<string, unknown>>>
    >;
  };
  /** The Gateway API's definitions, as `kubectl --filename` takes them: a file, a folder or a URL. */
  readonly gatewayApi: string;
  /** MetalLB's chart, for the address of a LoadBalancer on kind. */
  readonly metallbChart: ChartSource;
  /** YAML documents that make this supply's proxies do what Istio's own would; applied with the mesh. */
  readonly meshManifests: readonly string[];
  /** Rules that give this supply's metrics their usual names. */
  readonly metricRelabelings: readonly Relabeling[];
  /** Containerd settings the machine needs, for the kind config. */
  readonly containerdConfigPatches: readonly string[];
  /** What clusters of several nodes need; absent where the node image sees to it. */
  readonly severalNodes?: SeveralNodes;
  /** What this supply can't do, and why. */
  readonly limits: Readonly<Partial<Record<Capability, string>>>;
  readonly parts: readonly SupplyPart[];
}

/** The official places, pinned. */
export const officialSupply: Supply = {
  kind: "official",
  nodeImage: kindNodeImage,
  images,
  rolesInNode: [],
  missingImages: {},
  istio: {
    version: istioVersion,
    hub: istioHub,
    tag: istioVersion,
    charts: { base: charts.base, istiod: charts.istiod, gateway: charts.gateway },
    values: {},
  },
  gatewayApi: gatewayApi.url,
  metallbChart: charts.metallb,
  meshManifests: [],
  metricRelabelings: [],
  containerdConfigPatches: [],
  limits: {},
  parts: [],
};

/**
 * Reads the supply that set-up chose, or the official one where set-up never ran.
 * @param path such as `.lab/supply.json`
 * @throws ConfigError when it was chosen for an older state of this checkout, or its file was cut short
 */
export function readSupply(path: string): Supply {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return officialSupply;
  }
  const supply = parsed(text);
  if (supply?.images === undefined) {
    throw new ConfigError([
      { problem: `supply: ${path} was cut short, or changed by hand`, fix: "npm run setup" },
    ]);
  }
  const lacking = Object.keys(images).filter((role) => !Object.hasOwn(supply.images, role));
  const older = supply as Partial<Supply>;
  if (lacking.length === 0 && older.gatewayApi !== undefined) return supply;
  const what = [
    ...(lacking.length === 0 ? [] : [`no image for ${lacking.join(", ")}`]),
    ...(older.gatewayApi === undefined ? ["no Gateway API"] : []),
  ];
  throw new ConfigError([
    {
      problem: `supply: ${path} is older than this checkout, it knows ${what.join(" and ")}`,
      fix: "npm run setup",
    },
  ]);
}

function parsed(text: string): Supply | undefined {
  try {
    return (JSON.parse(text) ?? undefined) as Supply | undefined;
  } catch {
    return undefined;
  }
}
