import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import lockfile from "proper-lockfile";
import { cacheDir } from "../toolchain/paths.ts";

/** Where finished parts are, shared by all checkouts of this machine. */
export const partsDir = join(cacheDir, "registry-only");

/** A holder that was killed is noticed after this long. */
const staleMs = 20_000;

/** Whether a part's folder is there. A folder is there whole or not at all. */
export function isStored(folder: string): boolean {
  return existsSync(folder);
}

/**
 * Fills a folder, unless it is there. The work is done in a temporary folder beside it, which takes its name when all is
 * done: an interrupted build leaves nothing that looks finished, and its remains go with the next one.
 * @param fill gets the temporary folder
 */
export async function storeFolder(
  folder: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  await alone(folder, async () => {
    if (isStored(folder)) return;
    await removeRemains(folder);
    const temporary = await mkdtemp(`${folder}.part-`);
    try {
      await fill(temporary);
      await rename(temporary, folder);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
}

/**
 * Works while no other process on this machine does the same; waits for its turn.
 * @param path whose lock it is; it need not exist
 */
export async function alone<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const release = await lockfile.lock(path, {
    realpath: false,
    stale: staleMs,
    retries: { forever: true, factor: 1, minTimeout: 500, maxTimeout: 500 },
    // The machine slept: the work is safe to do twice, since only a whole folder takes the name.
    onCompromised: () => undefined,
  });
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}

async function removeRemains(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.part-`;
  const names = await readdir(dirname(folder));
  const remains = names.filter((name) => name.startsWith(prefix));
  await Promise.all(
    remains.map((name) => rm(join(dirname(folder), name), { recursive: true, force: true })),
  );
}
