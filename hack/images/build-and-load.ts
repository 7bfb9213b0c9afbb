import type { ImageRole } from "../../components/versions.ts";
import { runPhases, unfinished } from "../lab/run-phases.ts";
import { withSetUpLock } from "../lab/set-up-lock.ts";
import { imagePhases } from "../registry-only/build.ts";
import { parts } from "../registry-only/parts.ts";
import { imagesByRole, missingImages, roles } from "../registry-only/role-images.ts";
import { UserError } from "../toolchain/phase.ts";
import { loadPhase } from "./load-phase.ts";

/**
 * Builds images, as far as they are not there, and puts them into a kind node.
 * @param wanted their full names; one that is not built here is of a mirror (config imageRegistry): the kubelet gets it
 * @throws UserError naming each image that can't be had, and why
 */
export async function buildAndLoad(node: string, wanted: readonly string[]): Promise<void> {
  const made = imagesByRole(parts);
  const own = roles.filter((role) => wanted.includes(made[role]));
  refuseMissing(own);
  if (own.length === 0) return;
  const names = own.map((role) => made[role]);
  const phases = [...imagePhases(own), loadPhase(node, names)];
  await withSetUpLock(async () => runPhases(await unfinished(phases)));
}

function refuseMissing(wanted: readonly ImageRole[]): void {
  const reasons = missingImages();
  const faults = wanted.flatMap((role) => {
    const reason = reasons[role];
    return reason === undefined ? [] : [`${role} (${reason})`];
  });
  if (faults.length === 0) return;
  throw new UserError(
    `images that can't be had from package registries: ${faults.join("; ")}. ` +
      "Choose another scenario or step, or set imageRegistry to a registry that has them",
  );
}
