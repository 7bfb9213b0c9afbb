import type { Place } from "../cluster/existing-namespaces.ts";
import type { Fault } from "../faults.ts";
import { collisions } from "./collisions.ts";
import { askForNamesakes, foreign, namesakeFaults, unproven } from "./namesakes.ts";
import { objectName } from "./object-key.ts";
import type { Stage, StageState } from "./stage.ts";

/**
 * What keeps a step from being made, known once it is built and before anything of it is registered: objects that are
 * not the lab's and are in its way.
 * @param place somebody else's cluster, which is asked for objects of the step's names; absent for the lab's own, where
 * an object that says the same as the step's is taken over
 */
export async function stepFaults(
  stage: Stage,
  state: StageState,
  place: Place | undefined,
): Promise<readonly Fault[]> {
  if (place === undefined) return collisions(stage.claimants, state.strangers);
  const asked = unproven(stage.objects, state.incarnations, state.live);
  const answer = await askForNamesakes(asked, place);
  // Of one object one thing is said.
  const said = new Set(
    foreign(answer, place).map(({ kind, metadata }) => `${kind} ${objectName(metadata)}`),
  );
  const others = state.strangers.filter(
    (stranger) => !said.has(`${stranger.kind} ${objectName(stranger)}`),
  );
  return [...namesakeFaults(answer, place), ...collisions(stage.claimants, others)];
}
