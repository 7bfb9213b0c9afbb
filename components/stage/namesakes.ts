import {
  anotherCluster,
  kubectl,
  unansweredFault,
  type Place,
} from "../cluster/existing-namespaces.ts";
import {
  listObjects,
  type AskCluster,
  type Listed,
  type LiveObject,
} from "../cluster/list-objects.ts";
import type { Fault } from "../faults.ts";
import type { Incarnations } from "./incarnations.ts";
import { stageLabel } from "./kinds.ts";
import { objectKey, objectName, objectType, type ObjectPlace } from "./object-key.ts";

/**
 * The objects of a step whose names somebody else's object may have: all but those that this stack made and that the
 * cluster has on the stage. At an `up` that changes nothing there are none.
 * @param live keys of the objects that the cluster has on the stage; undefined when it could not be asked
 */
export function unproven(
  step: readonly ObjectPlace[],
  known: Incarnations,
  live: ReadonlySet<string> | undefined,
): readonly ObjectPlace[] {
  return step.filter(({ apiVersion, kind, ...metadata }) => {
    const key = objectKey(objectType(apiVersion, kind), objectName(metadata));
    return known[key] === undefined || !live?.has(key);
  });
}

/** Asks an existing cluster which of these objects it has, in one call. */
export async function askForNamesakes(
  objects: readonly ObjectPlace[],
  place: Place,
  ask: AskCluster = listObjects,
): Promise<Listed> {
  if (objects.length === 0) return { status: "listed", objects: [] };
  const items = objects.map(({ apiVersion, kind, ...metadata }) => ({
    apiVersion,
    kind,
    metadata,
  }));
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  return ask(place, ["--filename", "-"], list);
}

/**
 * What keeps a step out of somebody else's cluster: objects of the step's names that are not this stack's, of whatever
 * kind. The provider would take them over without a word, and destroy would delete them. One fault for each.
 */
export function namesakeFaults(answer: Listed, place: Place): readonly Fault[] {
  if (answer.status !== "listed") return [unansweredFault(answer, place)];
  return foreign(answer, place).map(({ apiVersion, kind, metadata }) => {
    const [resource = ""] = objectKey(objectType(apiVersion, kind), "").split(" ");
    const where = metadata.namespace === undefined ? "" : ` --namespace ${metadata.namespace}`;
    return {
      problem: `${kind} ${objectName(metadata)} is in the cluster of context "${place.kubeContext}" already, and is not this lab's: the step would change it, and destroy would delete it`,
      accepted: `a cluster without it, or with it labelled ${stageLabel}=${place.stack}, as this lab labels its own`,
      fix: `choose another step, or ${anotherCluster}; where nobody needs it, let the step make its own: ${kubectl(place)} delete ${resource.toLowerCase()} ${metadata.name}${where}`,
    };
  });
}

/** Those of the objects that are not this stack's. */
export function foreign(answer: Listed, { stack }: Pick<Place, "stack">): readonly LiveObject[] {
  if (answer.status !== "listed") return [];
  return answer.objects.filter(({ metadata }) => metadata.labels?.[stageLabel] !== stack);
}
