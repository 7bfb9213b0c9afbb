import { kinds, stageLabel } from "../../../components/stage/kinds.ts";
import type { Checkout } from "./checkout.ts";

interface LiveObject {
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly name: string;
    readonly namespace?: string;
  };
  readonly [field: string]: unknown;
}

/** What the API server adds to an object, or chooses for it, and what each lab makes anew. */
const volatile = new Set([
  ...["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "status"],
  ...["clusterIP", "clusterIPs", "nodePort", "deployment.kubernetes.io/revision"],
]);
const pem = /-----BEGIN [\s\S]*-----END [A-Z ]+-----/;

/**
 * Everything a scenario put into the cluster, by kind and name, without what differs from one cluster to the next; and
 * of every pod of namespace `default` its workload and its containers.
 */
export async function snapshot(lab: Checkout): Promise<Readonly<Record<string, unknown>>> {
  const [objects, pods] = await Promise.all([
    list(lab, `${kinds.join(",")} --all-namespaces --selector ${stageLabel}`),
    list(lab, "pods --namespace default"),
  ]);
  return {
    ...Object.fromEntries(objects.map((object) => [keyOf(object), settled(object, "")])),
    pods: pods
      .filter(({ metadata }) => metadata["deletionTimestamp"] === undefined)
      .map(containersOf)
      .sort(),
  };
}

async function list(lab: Checkout, what: string): Promise<LiveObject[]> {
  const { stdout } = await lab.inLab(`kubectl get ${what} --output json`);
  return (JSON.parse(stdout) as { items: LiveObject[] }).items;
}

function keyOf({ kind, metadata }: LiveObject): string {
  return `${kind} ${metadata.namespace ?? "-"}/${metadata.name}`;
}

function settled(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item) => settled(item, key));
  if (typeof value === "string") return pem.test(value) ? "PEM" : value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !volatile.has(name))
      // Of a Secret, which keys it has; what they hold is each lab's own.
      .map(([name, item]) => [name, key === "data" ? "…" : settled(item, name)]),
  );
}

function containersOf(pod: LiveObject): string {
  const spec = pod["spec"] as Record<
    "containers" | "initContainers",
    { name: string }[] | undefined
  >;
  const names = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(
    ({ name }) => name,
  );
  const labels = (pod.metadata["labels"] ?? {}) as Record<string, string>;
  return `${labels["app"]} ${labels["version"] ?? ""} ${names.sort().join(" ")}`;
}
