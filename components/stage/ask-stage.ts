import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { stageLabel } from "./kinds.ts";

const run = promisify(execFile);

/** How a cluster is reached by kubectl. */
export interface ClusterAccess {
  readonly kubeconfigPath: string;
  /** @default the kubeconfig's current one */
  readonly kubeContext?: string;
}

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
    const { stdout } = await run(
      "kubectl",
      [
        ...["--kubeconfig", access.kubeconfigPath],
        ...(access.kubeContext === undefined ? [] : ["--context", access.kubeContext]),
        ...["--request-timeout", "15s", "get", resources, "--all-namespaces"],
        ...["--selector", selector, "--output", output],
      ],
      { timeout: 30_000, maxBuffer: 16_000_000 },
    );
    return stdout;
  } catch {
    return undefined;
  }
}
