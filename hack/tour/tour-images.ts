import type { Supply } from "../../components/supply.ts";
import { missingLine, rolesOf } from "../images/choose-roles.ts";
import type { getImages } from "../images/get-images.ts";
import type { RunningNode } from "../images/running-node.ts";
import { UserError } from "../toolchain/phase.ts";
import type { Stop } from "./plan.ts";

/** What {@link prepareImages} works with. */
export interface TourImages {
  /** As config has it: its mirror, where there is one. */
  readonly supply: Supply;
  /** Looks for the lab's kind node; in a cluster of the user's own there is none. */
  readonly findNode: () => Promise<RunningNode | undefined>;
  readonly get: typeof getImages;
  /** Takes a line for the user. */
  readonly say: (line: string) => void;
}

/**
 * Gets the images of these stops into the lab's node, so that no switch waits for one and none counts as time of a
 * step. One that can't be had is said and is no end of the tour: the steps that need it say so themselves.
 */
export async function prepareImages(
  stops: readonly Stop[],
  { supply, findNode, get, say }: TourImages,
): Promise<void> {
  const roles = rolesOf(stops, supply);
  const missing = missingLine(roles, supply);
  if (missing !== undefined) say(missing);
  if (roles.had.length === 0) return;
  try {
    const node = await findNode();
    if (node !== undefined) await get(supply, roles.had, node);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say(`not all images could be had in advance: ${error.message}`);
  }
}
