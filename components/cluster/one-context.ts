import { homedir } from "node:os";
import { delimiter, join } from "node:path";
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

/** The kubeconfig file kubectl would read: the one configured, else the first of $KUBECONFIG, else ~/.kube/config. */
export function kubeconfigFile(
  configured: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const [first] = (environment["KUBECONFIG"] ?? "").split(delimiter).filter(Boolean);
  return configured ?? first ?? join(homedir(), ".kube", "config");
}
