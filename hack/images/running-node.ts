import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { readMarker } from "../../components/cluster/generation.ts";

/** The kind cluster of a stack. */
export interface RunningNode {
  /** Container of its control plane node. */
  readonly container: string;
}

/**
 * The kind cluster that a stack's `up` made, where it still runs.
 * @param stackFolder `<checkout>/.lab/<stack>`
 */
export async function runningNode(stackFolder: string): Promise<RunningNode | undefined> {
  const marker = readMarker(textOf(join(stackFolder, "cluster.json")));
  if (marker === undefined) return undefined;
  const format = "{{.State.Running}} {{.Name}}";
  const found = await execa("docker", ["inspect", "--format", format, marker.containerId], {
    reject: false,
  });
  const [running, name = ""] = found.stdout.split(" ");
  if (found.exitCode !== 0 || running !== "true") return undefined;
  return { container: name.replace(/^\//, "") };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
