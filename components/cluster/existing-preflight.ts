import type { Fault } from "../faults.ts";
import { oneContext } from "./one-context.ts";

/**
 * What keeps an existing cluster from being used: no kubeconfig file, or no such context in it.
 * @param contextName nothing when config has no good one: only the file is checked
 * @param text the file's text, absent when it can't be read
 */
export function contextFaults(
  contextName: string | undefined,
  path: string,
  text: string | undefined,
): readonly Fault[] {
  if (text === undefined) {
    return [
      {
        problem: `kubeconfig: can't read "${path}"`,
        accepted:
          "a kubeconfig file; not set: the first of $KUBECONFIG that is not the lab's own, else ~/.kube/config",
        fix: "pulumi config set istio-lab:kubeconfig FILE",
      },
    ];
  }
  if (contextName === undefined) return [];
  try {
    oneContext(text, contextName);
    return [];
  } catch (error) {
    return [
      {
        problem: `${(error as Error).message}; the file is ${path}`,
        fix: "pulumi config set istio-lab:kubeContext NAME",
      },
    ];
  }
}
