import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { lookAtCluster, type Look } from "../by-hand/look.ts";
import { isPulumis } from "../by-hand/managed-fields.ts";
import { readNotes, type Notes } from "../by-hand/notes.ts";
import type { ClusterAccess } from "../cluster/run-kubectl.ts";
import { headlessServices } from "./headless-services.ts";
import { readIncarnations, type Incarnations } from "./incarnations.ts";
import { objectName } from "./object-key.ts";
import type { StageState } from "./stage.ts";
import { strangers } from "./strangers.ts";

const file = "incarnations.json";

/** What is known of the lab's objects before anything is registered. */
export interface Recalled {
  readonly stage: StageState;
  /** What the last `up` noted of the objects. */
  readonly notes: Notes;
  /** What the cluster has now; undefined when it could not be asked. */
  readonly look: Look | undefined;
}

/**
 * What an earlier `up` noted of the lab's objects, and what the cluster has of them now.
 * @param stackFolder `<checkout>/.lab/<stack>`
 */
export async function recallStage(stackFolder: string, access: ClusterAccess): Promise<Recalled> {
  const incarnations = readIncarnations(readText(join(stackFolder, file)));
  const notes = readNotes(stackFolder);
  const made = existsSync(access.kubeconfigPath);
  if (!made) {
    return { stage: { incarnations, live: undefined, strangers: [] }, notes, look: undefined };
  }
  const [look, others, headless] = await Promise.all([
    lookAtCluster(access, namespacesOf(notes)),
    strangers(access),
    pulumi.runtime.isDryRun() ? headlessServices(access) : undefined,
  ]);
  const live = look && pulumisOwn(look);
  return {
    stage: {
      incarnations,
      live,
      strangers: others.filter((other) => !(keyOf(other) in notes.signatures)),
      ...(headless ? { headless } : {}),
    },
    notes,
    look,
  };
}

/** Those with workloads of the lab's. */
function namespacesOf({ sidecars }: Notes): string[] {
  return [...new Set(Object.keys(sidecars).map((key) => key.split(/[ /]/)[1] ?? ""))];
}

/** Keys of the objects that Pulumi made; one that somebody put in its place is none of them. */
function pulumisOwn({ objects }: Look): ReadonlySet<string> {
  return new Set(
    [...objects]
      .filter(([, { managedFields = [] }]) => managedFields.some(isPulumis))
      .map(([key]) => key),
  );
}

/** Whoever made it: an object of that name was the lab's at the last `up`. */
function keyOf(other: StageState["strangers"][number]): string {
  return `${other.kind}.networking.istio.io ${objectName(other)}`;
}

/** Notes how often each object has been made; call it before any of them is, and never in a preview. */
export function rememberStage(stackFolder: string, before: StageState, now: Incarnations): void {
  mkdirSync(stackFolder, { recursive: true });
  const incarnations = { ...before.incarnations, ...now };
  writeFileSync(join(stackFolder, file), JSON.stringify(incarnations, null, 1));
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
