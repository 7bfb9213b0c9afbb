import { join, resolve } from "node:path";
import { labDir, root } from "../toolchain/paths.ts";
import type { Lab } from "./lab.ts";
import { settlePendingCreations } from "./pending-operations.ts";
import { freeStackLock } from "./stack-lock.ts";
import type { StackFacts } from "./stack.ts";

/** Folder of the lab's own state; Pulumi.yaml has it as the backend. */
export const stateFolder = join(labDir, "state");

/**
 * Whether Pulumi keeps state in the lab's own folder, and not in a backend of the user's.
 * @param backend PULUMI_BACKEND_URL, such as "file:///lab/.lab/state" or "s3://bucket"
 * @param checkout where pulumi runs: what a relative path is relative to
 * @see https://www.pulumi.com/docs/iac/concepts/state-and-backends/
 */
export function isOwnState(
  backend: string | undefined,
  state: string = stateFolder,
  checkout: string = root,
): boolean {
  if (backend === undefined || backend === "") return true;
  const [, path] = /^file:\/\/([^?]*)/.exec(backend) ?? [];
  return path !== undefined && resolve(checkout, path) === state;
}

/** What {@link settleState} looks at; tests give their own. */
export interface StatePlace {
  /** PULUMI_BACKEND_URL. */
  readonly backend: string | undefined;
  /** Folder of the lab's own state. */
  readonly state: string;
}

/**
 * Makes a stack ready for `pulumi up` or `pulumi destroy` after a kill: frees its lock, waiting for a Pulumi at work,
 * and settles what was half-made. A backend of the user's own is left alone: its locks and what it has as begun are
 * not in the lab's folder, and others may be at work on it.
 * @param say takes a line when something has to be waited for
 * @throws UserError when the lock can't be had, or Pulumi's state can't be written
 */
export async function settleState(
  facts: Pick<StackFacts, "project" | "cluster">,
  { stack, variables }: Pick<Lab, "stack" | "variables">,
  say: (line: string) => void,
  place: StatePlace = { backend: process.env["PULUMI_BACKEND_URL"], state: stateFolder },
): Promise<void> {
  if (!isOwnState(place.backend, place.state)) return;
  await freeStackLock(place.state, facts.project, stack, say);
  // In a cluster of the user's own, what is half-made is theirs to judge.
  if (facts.cluster === "existing") return;
  await settlePendingCreations(place.state, facts.project, stack, variables);
}
