import type { Supply } from "../../components/supply.ts";
import type { ImageRole } from "../../components/versions.ts";
import { imagePhases } from "../registry-only/build.ts";
import { parts } from "../registry-only/parts.ts";
import { imagesByRole } from "../registry-only/role-images.ts";
import { hasImages } from "../toolchain/has-images.ts";
import type { Phase } from "../toolchain/phase.ts";
import { loadPhase } from "./load-phase.ts";
import { missingIn } from "./node-images.ts";

/**
 * The phases that build images from package registries and put them into a kind node; none where all are there, which
 * is asked in one go. What every node is made with is left out, and so is an image of a mirror: the kubelet gets it.
 * @param node its container; without one the images are for the container engine alone
 */
export async function ownImagePhases(
  supply: Pick<Supply, "images" | "rolesInNode">,
  roles: readonly ImageRole[],
  node?: string,
): Promise<readonly Phase[]> {
  const made = imagesByRole(parts);
  const own = roles.filter(
    (role) => !supply.rolesInNode.includes(role) && supply.images[role] === made[role],
  );
  const names = own.map((role) => made[role]);
  const lacking = node === undefined || names.length === 0 ? names : await missingIn(node, names);
  if (lacking.length === 0) return [];
  const build = (await hasImages(lacking))
    ? []
    : imagePhases(own.filter((role) => lacking.includes(made[role])));
  return node === undefined ? build : [...build, loadPhase(node, lacking)];
}
