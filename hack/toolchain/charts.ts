import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { execa } from "execa";
import { z } from "zod";
import { parse } from "yaml";
import { chartFolder } from "../../components/chart-folder.ts";
import type { PinnedChart } from "../../components/versions.ts";
import { download, readText } from "./download.ts";
import { mirrored } from "./mirror.ts";
import { patiently } from "./patience.ts";
import { UserError, type Phase } from "./phase.ts";
import { makeWhole } from "./whole-folder.ts";

/** The part of a chart repository's index that is read. */
const indexSchema = z.object({
  entries: z.record(
    z.string(),
    z.array(
      z.object({
        version: z.string(),
        urls: z.array(z.string()).min(1),
        digest: z.string().regex(/^(sha256:)?[0-9a-f]{64}$/i),
      }),
    ),
  ),
});

type Index = z.infer<typeof indexSchema>;

/** The charts of this version are in this folder of the cache. */
export function chartsDir(cache: string): string {
  return join(cache, "official", "charts");
}

/**
 * Gets a chart once: its archive, verified against the digest in the repository's index, is unpacked into the cache,
 * and every `up` takes it from there.
 * @see https://helm.sh/docs/topics/chart_repository/#the-index-file
 */
export function chartPhase(cache: string, chart: PinnedChart): Phase {
  const folder = chartFolder(chartsDir(cache), chart);
  return {
    title: `chart ${chart.name} ${chart.version}`,
    done: () => Promise.resolve(existsSync(join(folder, "Chart.yaml"))),
    async run(report) {
      const { url, sha256 } = await patiently(() => publishedChart(chart), report);
      await makeWhole(folder, async (work) => {
        const file = join(work, basename(new URL(url).pathname));
        await download({ url, checksum: { sha256 }, to: file }, report);
        const unpacked = join(work, "unpacked");
        await mkdir(unpacked);
        await execa("tar", ["-xzf", file, "-C", unpacked, "--strip-components=1"]);
        return unpacked;
      });
    },
  };
}

/** Charts of one repository share its index, which is read once a command. */
const indexes = new Map<string, Promise<Index>>();

/**
 * Where a chart's archive is, and its SHA-256, as the repository's index says.
 * @throws UserError when the index can't be read, or has no such chart
 */
export async function publishedChart({
  name,
  version,
  repository: official,
}: PinnedChart): Promise<{ readonly url: string; readonly sha256: string }> {
  const repository = mirrored(official);
  const indexUrl = `${repository}/index.yaml`;
  const known = indexes.get(indexUrl) ?? readIndex(indexUrl);
  indexes.set(indexUrl, known);
  // A fault is not remembered: the next try asks again.
  const { entries } = await known.catch((error: unknown) => {
    indexes.delete(indexUrl);
    throw error;
  });
  const published = entries[name]?.find((entry) => entry.version === version);
  if (published === undefined) {
    const newest = entries[name]?.[0]?.version;
    const has = newest === undefined ? "no chart of that name" : `${newest} as the newest`;
    throw new UserError(
      `${indexUrl} has no chart ${name} ${version}, but ${has}: nothing installed`,
    );
  }
  const [url = ""] = published.urls;
  return {
    url: mirrored(new URL(url, `${repository}/`).href),
    sha256: published.digest.toLowerCase().replace("sha256:", ""),
  };
}

async function readIndex(url: string): Promise<Index> {
  const text = await readText(url);
  const index = indexSchema.safeParse(parsed(text));
  if (index.success) return index.data;
  throw new UserError(`${url} is no index of a chart repository: nothing installed`);
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
