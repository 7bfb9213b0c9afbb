import { imagesOfMesh } from "../../components/cluster/node-images.ts";
import { officialSupply } from "../../components/supply.ts";
import { charts, gatewayApi, type PinnedChart } from "../../components/versions.ts";
import { officialTools } from "../toolchain/official-tools.ts";
import type { Platform } from "../toolchain/platform.ts";
import { pluginUrl, type PulumiPlugin } from "../toolchain/pulumi-plugins.ts";

/** The platforms the lab is published for. */
export const platforms: readonly Platform[] = [
  { os: "linux", arch: "x64" },
  { os: "linux", arch: "arm64" },
  { os: "darwin", arch: "x64" },
  { os: "darwin", arch: "arm64" },
];

/** Everything that the official supply gets from somewhere. */
export interface Pinned {
  /** Tools, their checksum files and plugins, for all platforms; the definitions of the Gateway API. */
  readonly files: readonly string[];
  readonly charts: readonly PinnedChart[];
  readonly images: readonly string[];
}

/** What is pinned, each once. */
export function whatIsPinned(plugins: readonly PulumiPlugin[]): Pinned {
  const files = platforms.flatMap((platform) => [
    ...officialTools(platform).flatMap(({ url, checksumUrl }) => [url, checksumUrl]),
    ...plugins.map((plugin) => pluginUrl(plugin, platform)),
  ]);
  const { nodeImage, images } = officialSupply;
  const mesh = imagesOfMesh(officialSupply, { metallb: false });
  return {
    files: [...new Set([...files, gatewayApi.url])],
    charts: Object.values(charts),
    images: [...new Set([nodeImage, ...mesh, ...Object.values(images)])],
  };
}
