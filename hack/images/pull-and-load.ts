import { runPhases, unfinished } from "../lab/run-phases.ts";
import { withSetUpLock } from "../lab/set-up-lock.ts";
import { pullAndLoadPhases } from "./official-phases.ts";

/**
 * Pulls images, as far as the container engine has them not, and puts them into a kind node.
 * @throws UserError naming each image that can't be had, and why
 */
export async function pullAndLoad(node: string, images: readonly string[]): Promise<void> {
  const phases = pullAndLoadPhases(node, images);
  await withSetUpLock(async () => runPhases(await unfinished(phases)));
}
