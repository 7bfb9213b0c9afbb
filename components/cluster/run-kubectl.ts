import { execFile, type PromiseWithChild } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How a cluster is reached by kubectl. */
export interface ClusterAccess {
  readonly kubeconfigPath: string;
  /** @default the kubeconfig's current one */
  readonly kubeContext?: string;
}

/** Seconds to wait. */
export interface Patience {
  /** For each of kubectl's requests. */
  readonly request: number;
  /** For kubectl as a whole. */
  readonly all: number;
}

/**
 * Runs kubectl on a cluster.
 * @param signal ends it before its time
 * @throws as `execFile` does, what it printed included
 */
export function runKubectl(
  access: ClusterAccess,
  args: readonly string[],
  patience: Patience,
  signal?: AbortSignal,
): PromiseWithChild<{ stdout: string; stderr: string }> {
  return run(
    "kubectl",
    [
      ...["--kubeconfig", access.kubeconfigPath],
      ...(access.kubeContext === undefined ? [] : ["--context", access.kubeContext]),
      ...["--request-timeout", `${patience.request}s`, ...args],
    ],
    { timeout: patience.all * 1000, maxBuffer: 16_000_000, ...(signal ? { signal } : {}) },
  );
}
