import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterAccess } from "./run-kubectl.ts";

/** A `kubectl proxy` that serves until it is stopped. */
export interface KubectlProxy {
  /** In a folder that this user alone may enter. */
  readonly socketPath: string;
  stop(): void;
}

/**
 * Starts `kubectl proxy` on a socket of its own: one kubectl signs in for all questions, however that is done.
 * @throws Error when it ends before it serves: no kubectl, no such context
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_proxy/
 */
export function startKubectlProxy(access: ClusterAccess): Promise<KubectlProxy> {
  const folder = mkdtempSync(join(tmpdir(), "istio-lab-"));
  const socketPath = join(folder, "kubectl.sock");
  const context = access.kubeContext === undefined ? [] : ["--context", access.kubeContext];
  const child = spawn(
    "kubectl",
    ["--kubeconfig", access.kubeconfigPath, ...context, "proxy", "--unix-socket", socketPath],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  const stop = (): void => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return new Promise((resolve, reject) => {
    const failed = (): void => {
      stop();
      reject(new Error("kubectl proxy ended before it served"));
    };
    child.on("error", failed);
    child.on("exit", failed);
    child.stdout.once("data", () => {
      resolve({ socketPath, stop });
    });
  });
}
