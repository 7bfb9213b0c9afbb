import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";

interface Kubeconfig {
  readonly clusters?: readonly { name: string; cluster: { server: string } }[];
  readonly contexts?: readonly { name: string; context: { cluster: string; user: string } }[];
  readonly users?: readonly { name: string; user: unknown }[];
}

/**
 * The part of a kubeconfig that one context needs: what else the user's file holds stays out of the state, and a
 * switch of its current context can't lead the lab to another cluster.
 * @throws Error naming the contexts there are, when `contextName` is not among them
 */
export function oneContext(
  kubeconfig: string,
  contextName: string,
): { kubeconfig: string; server: string } {
  const all = (parse(kubeconfig) ?? {}) as Kubeconfig;
  const context = all.contexts?.find(({ name }) => name === contextName);
  const cluster = all.clusters?.find(({ name }) => name === context?.context.cluster);
  const user = all.users?.find(({ name }) => name === context?.context.user);
  if (!context || !cluster) {
    const known = all.contexts?.map(({ name }) => name).join(", ");
    throw new Error(
      `kubeContext: "${contextName}" is not in the kubeconfig (it has: ${known || "no context"})`,
    );
  }
  return {
    server: cluster.cluster.server,
    kubeconfig: stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": contextName,
      contexts: [context],
      clusters: [cluster],
      users: user ? [user] : [],
    }),
  };
}

/** Of this checkout; the lab's shell has KUBECONFIG at `.lab/<stack>/kubeconfig`. */
const ownLabFolder = fileURLToPath(new URL("../../.lab", import.meta.url));

/**
 * The kubeconfig file of an existing cluster: the one configured, else the first of $KUBECONFIG, else ~/.kube/config.
 * The file of a lab of this checkout, which the lab's shell puts into $KUBECONFIG, is passed over: it leads to the
 * lab's own cluster, never to an existing one.
 * @param labFolder `<checkout>/.lab`, absolute
 */
export function kubeconfigFile(
  configured: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  labFolder: string = ownLabFolder,
): string {
  const [first] = (environment["KUBECONFIG"] ?? "")
    .split(delimiter)
    .filter((path) => path !== "" && !isLabKubeconfig(path, labFolder));
  return configured ?? first ?? join(homedir(), ".kube", "config");
}

/** Whether a file is the kubeconfig of one of a checkout's stacks, be it there or not. */
export function isLabKubeconfig(path: string, labFolder: string): boolean {
  return basename(path) === "kubeconfig" && dirname(dirname(path)) === labFolder;
}
