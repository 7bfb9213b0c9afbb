import { stringify } from "yaml";
import type { KubernetesObject } from "../../components/kubernetes-manifest.ts";

/** One file of the rendered folder. */
export interface RenderedFile {
  /** Below the folder. */
  readonly name: string;
  readonly text: string;
  /** Holds private keys: for its owner alone. */
  readonly secret: boolean;
}

/** Kinds that others need first; kubectl takes the files of a folder in the order of their names. */
const ranks: readonly (readonly [rank: number, kinds: readonly string[]])[] = [
  [10, ["Namespace", "CustomResourceDefinition"]],
  [20, ["ServiceAccount", "Role", "ClusterRole"]],
  [25, ["RoleBinding", "ClusterRoleBinding"]],
  [30, ["ConfigMap", "Secret", "PersistentVolumeClaim"]],
  [40, ["Service"]],
  [60, ["Pod", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]],
];

// Istio's objects come before the pods, so that no pod serves a moment without its policies.
const otherRank = 50;

/**
 * An object as a file: `50-gateway.networking.istio.io-default-httpbin.yaml`. The name depends on the object alone, so
 * the folders of two steps can be compared with `diff -r`.
 */
export function objectFile(object: KubernetesObject): RenderedFile {
  const { apiVersion, kind, metadata, ...rest } = object;
  const [group] = apiVersion.includes("/") ? apiVersion.split("/") : [];
  const type = [kind.toLowerCase(), group].filter((part) => part !== undefined).join(".");
  const rank = ranks.find(([, kinds]) => kinds.includes(kind))?.[0] ?? otherRank;
  const parts = [rank, type, metadata.namespace, metadata.name];
  return {
    // ":" is in names of RBAC objects, and not every file system takes it.
    name: `${parts
      .filter((part) => part !== undefined)
      .join("-")
      .replaceAll(":", "_")}.yaml`,
    text: stringify({ apiVersion, kind, metadata, ...rest }),
    secret: kind === "Secret",
  };
}
