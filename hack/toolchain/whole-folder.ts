import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder that appears whole, by a rename, or not at all; one that was there before is replaced.
 * @param fill gets a folder to work in, beside the destination, and tells which folder in it is the finished one
 */
export async function makeWhole(
  folder: string,
  fill: (work: string) => Promise<string>,
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  // Beside its destination: a rename works only within one file system.
  const work = await mkdtemp(`${folder}.part-`);
  try {
    const finished = await fill(work);
    await rm(folder, { recursive: true, force: true });
    await rename(finished, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
