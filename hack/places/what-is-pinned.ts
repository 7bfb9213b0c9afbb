import { images, istioHub, istioVersion, kindNodeImage } from "../../components/versions.ts";
import { charts, type PinnedChart } from "../../components/versions.ts";
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
  /** Tools, their checksum files and plugins, for all platforms. */
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
  const istio = ["pilot", "proxyv2"].map((name) => `${istioHub}/${name}:${istioVersion}`);
  return {
    files: [...new Set(files)],
    charts: Object.values(charts),
    images: [...new Set([kindNodeImage, ...istio, ...Object.values(images)])],
  };
}
