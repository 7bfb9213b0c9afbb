import { execa } from "execa";
import { charts, istioHub, istioVersion } from "../../components/versions.ts";
import { fetchFault } from "./fetch-fault.ts";
import { mirrored } from "./mirror.ts";
import { officialTools } from "./official-tools.ts";
import type { Platform } from "./platform.ts";
import { pluginUrl } from "./pulumi-plugins.ts";
import type { PulumiPlugin } from "./pulumi-plugins.ts";

/** A place the official supply downloads from, and a file of it that every lab needs, in the pinned version. */
export interface Place {
  readonly name: string;
  readonly url: string;
}

/** What decides which places are needed. */
export interface PlacesNeeded {
  readonly platform: Platform;
  readonly plugins: readonly PulumiPlugin[];
  /** Mirror of all images, where config gives one. */
  readonly imageRegistry?: string;
}

/** Every place that the first lab of this platform needs; what only a later scenario needs is found out by it. */
export function officialPlaces({
  platform,
  plugins,
  imageRegistry,
}: PlacesNeeded): readonly Place[] {
  const files = [
    ...officialTools(platform).map(({ url }) => url),
    ...plugins.map((plugin) => pluginUrl(plugin, platform)),
    mirrored(`${charts.base.repository}/base-${istioVersion}.tgz`),
  ];
  // One file a host will do.
  const byHost = new Map(files.toReversed().map((url) => [new URL(url).host, url]));
  const hub = istioHub.replace("docker.io/", "");
  return [
    ...[...byHost].map(([name, url]) => ({ name, url })),
    ...(imageRegistry === undefined
      ? [
          {
            name: "docker.io",
            url: `https://registry-1.docker.io/v2/${hub}/pilot/manifests/${istioVersion}`,
          },
        ]
      : []),
  ];
}

/**
 * Asks a place with one HEAD request.
 * @returns undefined when it answers, else why not: an error code or the HTTP status
 */
export async function whyUnreachable(url: string, timeoutMs: number): Promise<string | undefined> {
  try {
    const { status } = await fetch(url, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    // A redirect will do, and so will a container registry that asks for a token first. A proxy that keeps people out
    // says 403; a place that no longer has the file says 404.
    const refused = status === 403 || status === 404 || status === 410 || status >= 500;
    return refused ? `answered ${status}` : undefined;
  } catch (error) {
    return fetchFault(error);
  }
}

/**
 * Whether the npm registry answers, asked through npm so that the user's own registry, proxy and
 * certificates count.
 */
export async function npmRegistryAnswers(timeoutMs: number): Promise<boolean> {
  const result = await execa(
    "npm",
    ["view", `node@${process.versions.node}`, "version", "--fetch-retries=0", "--prefer-online"],
    { reject: false, timeout: timeoutMs },
  );
  return result.exitCode === 0 && result.stdout.trim() !== "";
}
