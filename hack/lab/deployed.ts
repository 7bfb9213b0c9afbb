import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * How many resources a stack has, read from the local file backend without starting Pulumi.
 * @param state folder of the file backend, such as `.lab/state`
 * @returns 0 when there is no such stack; undefined when its file can't be read
 */
export function deployedResources(
  state: string,
  project: string,
  stack: string,
): number | undefined {
  const folder = join(state, ".pulumi", "stacks", project);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return 0;
  }
  if (!names.includes(`${stack}.json`)) return 0;
  try {
    const { checkpoint } = JSON.parse(
      readFileSync(join(folder, `${stack}.json`), "utf8"),
    ) as Checkpoint;
    const latest = checkpoint.latest;
    return (latest?.resources?.length ?? 0) + (latest?.pending_operations?.length ?? 0);
  } catch {
    return undefined;
  }
}

interface Checkpoint {
  readonly checkpoint: {
    readonly latest?: {
      readonly resources?: readonly unknown[];
      // An operation a kill cut short: what it made may be there.
      readonly pending_operations?: readonly unknown[];
    };
  };
}
