import { kinds, stageLabel } from "../../components/stage/kinds.ts";
import type { ClusterApi } from "../proof/cluster-api.ts";

/** A Kubernetes object as the report keeps it: nothing that is secret, nothing that changes by itself. */
export interface KeptObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly spec?: unknown;
}

/** One pod of the step. */
export interface KeptPod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly sidecar: boolean;
  readonly ready: boolean;
  readonly serviceAccount: string;
}

/** What a step has in the cluster. */
export interface StepObjects {
  readonly objects: readonly KeptObject[];
  readonly pods: readonly KeptPod[];
}

interface Item {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: {
    readonly serviceAccountName?: string;
    readonly containers?: readonly { readonly name: string }[];
    readonly initContainers?: readonly { readonly name: string }[];
  };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** Namespaces of the cluster's own. */
const own = ["kube-system", "local-path-storage", "metallb-system"];

/**
 * Reads the objects of the step, and the pods of the namespaces they are in.
 * @throws Error with kubectl's words
 */
export async function readStepObjects(cluster: Pick<ClusterApi, "get">): Promise<StepObjects> {
  // What a Secret or ConfigMap holds has no `spec`: it is dropped below, and never written anywhere.
  const [objects, pods] = await Promise.all([
    cluster.get([kinds.join(","), "--all-namespaces", "--selector", stageLabel]),
    cluster.get(["pods", "--all-namespaces"]),
  ]);
  return { objects: itemsOf(objects).map(keptObject), pods: itemsOf(pods).flatMap(keptPod) };
}

function itemsOf(list: unknown): readonly Item[] {
  return (list as { readonly items?: readonly Item[] }).items ?? [];
}

function keptObject({ apiVersion, kind, metadata, spec }: Item): KeptObject {
  const { name, namespace } = metadata;
  return {
    apiVersion,
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(spec === undefined
      ? {}
      : {
          spec:
            kind.endsWith("Set") || kind === "Deployment" || kind === "Job"
              ? workloadSpec(spec)
              : spec,
        }),
  };
}

/** Of a workload's spec what the drawing needs: environment variables can hold passwords. */
function workloadSpec(spec: unknown): unknown {
  const { replicas, template } = spec as {
    readonly replicas?: number;
    readonly template?: {
      readonly metadata?: { readonly labels?: unknown };
      readonly spec?: {
        readonly serviceAccountName?: string;
        readonly containers?: readonly { readonly name: string; readonly image: string }[];
      };
    };
  };
  return {
    replicas,
    template: {
      metadata: { labels: template?.metadata?.labels ?? {} },
      spec: {
        serviceAccountName: template?.spec?.serviceAccountName,
        containers: (template?.spec?.containers ?? []).map(({ name, image }) => ({ name, image })),
      },
    },
  };
}

function keptPod({ metadata, spec, status }: Item): KeptPod[] {
  const { name, namespace = "", labels = {}, deletionTimestamp } = metadata;
  if (own.includes(namespace) || deletionTimestamp !== undefined) return [];
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return [
    {
      name,
      namespace,
      labels,
      // A native sidecar is an init container that keeps running. A gateway's only container has that name, too.
      sidecar: containers.length > 1 && containers.some((one) => one.name === "istio-proxy"),
      ready: (status?.conditions ?? []).some(
        (one) => one.type === "Ready" && one.status === "True",
      ),
      serviceAccount: spec?.serviceAccountName ?? "default",
    },
  ];
}
