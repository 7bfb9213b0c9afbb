import type { Supply } from "../../components/supply.ts";
import type { ImageRole } from "../../components/versions.ts";
import { imagePhases } from "../registry-only/build.ts";
import type { Phase } from "../toolchain/phase.ts";
import { loadPhase } from "./load-phase.ts";

/**
 * The phases that build images from package registries and put them into a kind node.
 * @param node its container, where a lab runs
 */
export function ownImagePhases(
  supply: Pick<Supply, "images" | "rolesInNode">,
  roles: readonly ImageRole[],
  node?: string,
): readonly Phase[] {
  const build = imagePhases(roles);
  const names = roles
    .filter((role) => !supply.rolesInNode.includes(role))
    .map((role) => supply.images[role]);
  return node === undefined || names.length === 0 ? build : [...build, loadPhase(node, names)];
}
