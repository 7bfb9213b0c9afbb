import { brief } from "./brief-text.ts";
import { runProcess } from "./run-process.ts";
import type { Ran, RunOptions } from "./run-process.ts";

/** The fields of a pod that are read here. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
  };
  readonly status?: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** True for a pod that takes traffic and is not on its way out. */
export function isReady(pod: Pod): boolean {
  return (
    pod.metadata.deletionTimestamp === undefined &&
    (pod.status?.conditions ?? []).some(({ type, status }) => type === "Ready" && status === "True")
  );
}

/** The lab's cluster, asked with kubectl through the lab's own kubeconfig and context. */
export interface ClusterApi {
  /** kubectl's arguments that choose the cluster. */
  readonly target: readonly string[];
  /** Runs kubectl, whatever its exit code. */
  kubectl(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /**
   * What `kubectl get … -o json` answers.
   * @throws Error with kubectl's words
   */
  get(args: readonly string[]): Promise<unknown>;
  /** Ready pods that carry these labels, by name. */
  readyPods(namespace: string, selector: string): Promise<readonly Pod[]>;
  /**
   * Name of one Ready pod labelled `app: <app>`, remembered until `forget`.
   * @throws Error when there is none
   */
  podOf(namespace: string, app: string): Promise<string>;
  /** Looks for pods anew from here on. */
  forget(): void;
}

/**
 * The cluster that the stack's outputs name.
 * @param run replaced in tests
 */
export function clusterApi(
  lab: { readonly kubeconfigPath: string; readonly kubeContext: string },
  run: typeof runProcess = runProcess,
): ClusterApi {
  const target = ["--kubeconfig", lab.kubeconfigPath, "--context", lab.kubeContext];
  const pods = new Map<string, Promise<string>>();
  const kubectl: ClusterApi["kubectl"] = (args, options) =>
    run("kubectl", [...target, ...args], options);

  async function get(args: readonly string[]): Promise<unknown> {
    const { exitCode, stdout, stderr } = await kubectl(["get", ...args, "-o", "json"]);
    if (exitCode !== 0) throw new Error(brief(stderr, 200));
    return JSON.parse(stdout) as unknown;
  }

  async function readyPods(namespace: string, selector: string): Promise<readonly Pod[]> {
    const list = (await get(["pods", "--namespace", namespace, "--selector", selector])) as {
      readonly items: readonly Pod[];
    };
    return list.items.filter(isReady);
  }

  async function findPod(namespace: string, app: string): Promise<string> {
    const [pod] = await readyPods(namespace, `app=${app}`);
    if (pod === undefined) throw new Error(`no Ready pod labelled app=${app} in ${namespace}`);
    return pod.metadata.name;
  }

  function podOf(namespace: string, app: string): Promise<string> {
    const key = `${namespace}/${app}`;
    const found = pods.get(key) ?? findPod(namespace, app);
    pods.set(key, found);
    found.catch(() => pods.delete(key));
    return found;
  }

  return {
    target,
    kubectl,
    get,
    readyPods,
    podOf,
    forget: () => {
      pods.clear();
    },
  };
}
