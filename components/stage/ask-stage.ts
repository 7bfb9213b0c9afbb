import { runKubectl, type ClusterAccess } from "../cluster/run-kubectl.ts";
import { stageLabel } from "./kinds.ts";

/**
 * What `kubectl get` prints of the objects with the stage's label, or another selector, in all namespaces.
 * @param resources as kubectl takes them: `services`, or several parted by commas
 * @param output kubectl's `--output`
 * @returns undefined when the cluster can't be asked: none yet, no mesh yet, no kubectl
 */
export async function askStage(
  access: ClusterAccess,
  resources: string,
  output: string,
  selector: string = stageLabel,
): Promise<string | undefined> {
  try {
    const { stdout } = await runKubectl(
      access,
      ["get", resources, "--all-namespaces", "--selector", selector, "--output", output],
      { request: 15, all: 30 },
    );
    return stdout;
  } catch {
    return undefined;
  }
}
