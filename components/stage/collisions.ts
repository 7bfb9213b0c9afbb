import { isDeepStrictEqual } from "node:util";
import type { Fault } from "../faults.ts";
import { claimsOf, reaches, type Claimant } from "./host-claims.ts";

/** An object of the cluster that is not on the stage. */
export interface Stranger extends Claimant {
  /** Whether Pulumi made it: a step's own object that lost its label still shows that. */
  readonly byPulumi: boolean;
}

/**
 * What keeps a step from doing what it says: objects that are not the lab's and claim a host that the step claims, or
 * have the name of one of its objects. One fault for each of them.
 * @param step the step's objects that claim hosts
 */
export function collisions(
  step: readonly Claimant[],
  strangers: readonly Stranger[],
): readonly Fault[] {
  return strangers.flatMap((stranger) => {
    const namesake = step.find((object) => titleOf(object) === titleOf(stranger));
    if (namesake) {
      return isTakenOver(stranger, namesake)
        ? []
        : [faultOf(stranger, "has the name of this step's")];
    }
    const shared = step.flatMap((object) => sharedClaims(stranger, object));
    return shared.length === 0 ? [] : [faultOf(stranger, `claims ${shared.join("; ")}`)];
  });
}

/** The API server lets the lab have its own object again, and one that somebody else made and that says the same. */
function isTakenOver(stranger: Stranger, { spec }: Claimant): boolean {
  return stranger.byPulumi || isDeepStrictEqual(stranger.spec, spec);
}

function sharedClaims(stranger: Claimant, object: Claimant): string[] {
  if (stranger.kind !== object.kind || !reaches(stranger, object.namespace)) return [];
  const claims = new Set(claimsOf(object));
  return [...new Set(claimsOf(stranger))]
    .filter((claim) => claims.has(claim))
    .map((claim) => `${claim}, as does this step's ${titleOf(object)}`);
}

function faultOf(stranger: Claimant, what: string): Fault {
  const { kind, namespace, name } = stranger;
  // With its group: the Gateway API has Gateways too.
  const resource = `${kind.toLowerCase()}.networking.istio.io`;
  return {
    problem: `${titleOf(stranger)}, which is not the lab's, ${what}`,
    fix: `kubectl delete ${resource} ${name} --namespace ${namespace}, or choose another step`,
  };
}

function titleOf({ kind, namespace, name }: Claimant): string {
  return `${kind} ${namespace}/${name}`;
}
