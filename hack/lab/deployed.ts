import { readStackFile } from "./stack-file.ts";

/**
 * How many resources a stack has, read from the local file backend without starting Pulumi. An operation that a kill
 * cut short counts too: what it made may be there.
 * @param state folder of the file backend, such as `.lab/state`
 * @returns 0 when there is no such stack; undefined when its file can't be read
 */
export function deployedResources(
  state: string,
  project: string,
  stack: string,
): number | undefined {
  try {
    const file = readStackFile(state, project, stack);
    return file === undefined ? 0 : file.resources.length + file.pendingOperations.length;
  } catch {
    return undefined;
  }
}
