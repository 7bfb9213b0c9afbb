import { closest } from "fastest-levenshtein";
import type { Supply } from "../../components/supply.ts";
import type { ImageRole } from "../../components/versions.ts";
import { UserError } from "../toolchain/phase.ts";

/** Roles whose images are asked for: those that can be had, and those that can't. */
export interface ChosenRoles {
  readonly all: readonly ImageRole[];
  readonly had: readonly ImageRole[];
  readonly missing: readonly ImageRole[];
}

/**
 * The roles of some scenarios, or of all.
 * @param ids of scenarios; none for all
 * @throws UserError for an unknown scenario, with the closest one
 */
export async function chooseRoles(
  ids: readonly string[],
  supply: Pick<Supply, "images" | "missingImages">,
): Promise<ChosenRoles> {
  const every = Object.keys(supply.images) as ImageRole[];
  const wanted = ids.length === 0 ? every : await rolesOf(ids);
  const all = every.filter((role) => wanted.includes(role));
  return {
    all,
    had: all.filter((role) => !(role in supply.missingImages)),
    missing: all.filter((role) => role in supply.missingImages),
  };
}

/** On demand: the scenarios bring Pulumi with them. */
async function rolesOf(ids: readonly string[]): Promise<readonly ImageRole[]> {
  const { scenarios } = await import("../../components/scenarios/registry.ts");
  const known = scenarios.map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    const lines = unknown.map((id) => `"${id}" is no scenario; closest: "${closest(id, known)}"`);
    throw new UserError(`${lines.join("\n")}\naccepted: ${known.join(", ")}`);
  }
  return scenarios.filter(({ id }) => ids.includes(id)).flatMap(({ images = [] }) => images);
}
