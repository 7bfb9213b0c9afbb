import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What Pulumi had begun and not recorded as done when it was killed. */
export interface PendingOperation {
  readonly type: string;
  readonly resource: {
    readonly type: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
  };
}

/** What a stack's file in the local file backend holds, as far as the lab reads it. */
export interface StackFile {
  readonly resources: readonly unknown[];
  readonly pendingOperations: readonly PendingOperation[];
}

/**
 * Reads a stack without starting Pulumi.
 * @param state folder of the file backend, such as `.lab/state`
 * @returns undefined when there is no such stack
 * @throws Error when its file can't be read
 */
export function readStackFile(
  state: string,
  project: string,
  stack: string,
): StackFile | undefined {
  let text: string;
  try {
    text = readFileSync(join(state, ".pulumi", "stacks", project, `${stack}.json`), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
  return parseStackFile(text);
}

/** Of a new stack, and of one after destroy, parts are absent. */
export function parseStackFile(text: string): StackFile {
  const { checkpoint } = JSON.parse(text) as {
    readonly checkpoint: {
      readonly latest?: {
        readonly resources?: readonly unknown[];
        readonly pending_operations?: readonly PendingOperation[];
      };
    };
  };
  const { resources = [], pending_operations: pendingOperations = [] } = checkpoint.latest ?? {};
  return { resources, pendingOperations };
}
