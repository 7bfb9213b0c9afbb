import { closest } from "fastest-levenshtein";
import type { Scenario, Step } from "../../components/scenarios/scenario.ts";
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
  if (ids.length === 0) return sorted(Object.keys(supply.images) as ImageRole[], supply);
  // On demand: the scenarios bring Pulumi with them.
  const { scenarios } = await import("../../components/scenarios/registry.ts");
  const known = scenarios.map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    const lines = unknown.map((id) => `"${id}" is no scenario; closest: "${closest(id, known)}"`);
    throw new UserError(`${lines.join("\n")}\naccepted: ${known.join(", ")}`);
  }
  const chosen = scenarios.filter(({ id }) => ids.includes(id));
  const stops = chosen.flatMap((scenario) => scenario.steps.map((step) => ({ scenario, step })));
  return rolesOf(stops, supply);
}

/** The roles of some steps: those of their scenarios, and of their add-ons. */
export function rolesOf(
  stops: readonly {
    readonly scenario: Pick<Scenario, "images">;
    readonly step: Pick<Step, "addOns">;
  }[],
  supply: Pick<Supply, "images" | "missingImages">,
): ChosenRoles {
  const wanted = stops.flatMap(({ scenario, step }): readonly ImageRole[] => [
    ...(scenario.images ?? []),
    ...(step.addOns ?? []),
  ]);
  return sorted(wanted, supply);
}

/** In one order, whoever asks; each once. */
function sorted(
  wanted: readonly ImageRole[],
  { images, missingImages }: Pick<Supply, "images" | "missingImages">,
): ChosenRoles {
  const all = (Object.keys(images) as ImageRole[]).filter((role) => wanted.includes(role));
  return {
    all,
    had: all.filter((role) => !(role in missingImages)),
    missing: all.filter((role) => role in missingImages),
  };
}

/** Which images can't be had, and why, on one line; nothing where all can. */
export function missingLine(
  { missing }: Pick<ChosenRoles, "missing">,
  { missingImages }: Pick<Supply, "missingImages">,
): string | undefined {
  if (missing.length === 0) return undefined;
  return `not to be had: ${missing.map((role) => `${role} (${missingImages[role]})`).join("; ")}`;
}
