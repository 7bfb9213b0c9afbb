import type { Supply } from "../../components/supply.ts";
import type { ImageRole } from "../../components/versions.ts";
import { runPhases, unfinished } from "../lab/run-phases.ts";
import { withSetUpLock } from "../lab/set-up-lock.ts";
import type { Phase } from "../toolchain/phase.ts";
import type { RunningNode } from "./running-node.ts";

/**
 * Gets images: into a kind node, or into the container engine where no node is given. Shows its progress; where all are
 * there that is one question, and nothing is shown.
 * @param supply as config has it: its mirror, where there is one
 * @param roles those that can be had
 * @throws UserError when one can't be built, pulled or loaded
 */
export async function getImages(
  supply: Supply,
  roles: readonly ImageRole[],
  node?: RunningNode,
): Promise<void> {
  const phases = await phasesOf(supply, roles, node);
  if (phases.length === 0) return;
  // Another checkout may be getting the same: after the wait, only what is missing then is done.
  await withSetUpLock(async () => runPhases(await unfinished(phases)));
}

/** On demand: who has the official places never loads the registry-only room. */
async function phasesOf(
  supply: Supply,
  roles: readonly ImageRole[],
  node: RunningNode | undefined,
): Promise<readonly Phase[]> {
  if (supply.kind === "official") {
    const { officialImagePhases } = await import("./official-phases.ts");
    return officialImagePhases(supply, roles, node?.container);
  }
  const { ownImagePhases } = await import("./own-phases.ts");
  return ownImagePhases(supply, roles, node?.container);
}
