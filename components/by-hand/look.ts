import { setTimeout } from "node:timers/promises";
import { connect, type ApiAnswer, type ApiClient } from "../cluster/api-client.ts";
import type { ClusterAccess } from "../cluster/run-kubectl.ts";
import { stackLabel } from "../stack-label.ts";
import { stageKinds, stageLabel } from "../stage/kinds.ts";
import { objectKey, objectName, objectType } from "../stage/object-key.ts";
import { listPath } from "./api-paths.ts";
import type { ObjectMetadata } from "./managed-fields.ts";

/** What the cluster has of the lab, as far as metadata tells; by key, see `objectKey`. */
export interface Look {
  /** Objects on the stage, and what the lab made beside it. */
  readonly objects: ReadonlyMap<string, ObjectMetadata>;
  /** All namespaces, whoever made them, by name. */
  readonly namespaces: ReadonlyMap<string, ObjectMetadata>;
  /** What Helm made, the lab's releases or others. */
  readonly released: ReadonlyMap<string, ObjectMetadata>;
  /** Pods of the namespaces that were asked for. */
  readonly pods: readonly ObjectMetadata[];
}

/** Kinds that the lab makes beside the stage. */
const outsideKinds: Readonly<Record<string, readonly string[]>> = {
  v1: ["Namespace"],
  "networking.istio.io/v1alpha3": ["EnvoyFilter"],
  "metallb.io/v1beta1": ["IPAddressPool", "L2Advertisement"],
};

/** Kinds that the charts of Istio and MetalLB make. */
export const releaseKinds: Readonly<Record<string, readonly string[]>> = {
  v1: ["ServiceAccount", "ConfigMap", "Service"],
  "apps/v1": ["Deployment", "DaemonSet"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "policy/v1": ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io/v1": ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"],
  "admissionregistration.k8s.io/v1": [
    "ValidatingWebhookConfiguration",
    "MutatingWebhookConfiguration",
  ],
  "apiextensions.k8s.io/v1": ["CustomResourceDefinition"],
};

/** Without spec, status and data: nothing secret, and short. */
const metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/**
 * Asks the cluster once for all that the lab has in it. A kind that it does not know has no objects.
 * @param podsOf namespaces whose pods are looked at
 * @returns undefined when it can't be asked: no cluster yet, or it does not answer
 */
export async function lookAtCluster(
  access: ClusterAccess,
  podsOf: readonly string[],
): Promise<Look | undefined> {
  const api = await connect(access).catch(() => undefined);
  if (api === undefined) return undefined;
  try {
    return await look(api, podsOf);
  } catch {
    return undefined;
  } finally {
    api.close();
  }
}

/** @throws Error when the cluster does not answer, or refuses */
export async function look(api: ApiClient, podsOf: readonly string[]): Promise<Look> {
  const [stage, outside, released, namespaces, ...pods] = await Promise.all([
    listAll(api, stageKinds, stageLabel),
    listAll(api, outsideKinds, stackLabel),
    lookAtReleases(api),
    list(api, listPath("v1", "Namespace")),
    ...podsOf.map((namespace) => list(api, `/api/v1/namespaces/${namespace}/pods`)),
  ]);
  return {
    objects: new Map([...outside, ...stage]),
    released,
    pods: pods.flat(),
    namespaces: new Map(namespaces.map((metadata) => [metadata.name ?? "", metadata])),
  };
}

/** What Helm made, and of each release its own note, a Secret. */
export async function lookAtReleases(api: ApiClient): Promise<Map<string, ObjectMetadata>> {
  const [made, notes] = await Promise.all([
    listAll(api, releaseKinds, "app.kubernetes.io/managed-by=Helm"),
    listAll(api, { v1: ["Secret"] }, "owner=helm"),
  ]);
  return new Map([...made, ...notes]);
}

async function listAll(
  api: ApiClient,
  kinds: Readonly<Record<string, readonly string[]>>,
  selector: string,
): Promise<Map<string, ObjectMetadata>> {
  const lists = Object.entries(kinds).flatMap(([apiVersion, names]) =>
    names.map(async (kind) => {
      const found = await list(api, listPath(apiVersion, kind, selector));
      const type = objectType(apiVersion, kind);
      return found.map((metadata) => [keyOf(type, metadata), metadata] as const);
    }),
  );
  return new Map((await Promise.all(lists)).flat());
}

/** For a moment after a change of a CRD the server has no answer for its kind: status 429. */
async function askPatiently(api: ApiClient, path: string): Promise<ApiAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await api.ask({ path, accept: metadataOnly });
    if (answer.status !== 429 || attempt === 20) return answer;
    await setTimeout(250);
  }
}

/** What is on its way out is gone. */
async function list(api: ApiClient, path: string): Promise<readonly ObjectMetadata[]> {
  const { status, body } = await askPatiently(api, path);
  if (status === 404) return [];
  if (status !== 200) throw new Error(`${path}: ${status}`);
  // The server writes `null` for a list of no objects.
  const { items } = body as {
    readonly items: readonly { readonly metadata: ObjectMetadata }[] | null;
  };
  return (items ?? [])
    .map(({ metadata }) => metadata)
    .filter(({ deletionTimestamp }) => deletionTimestamp === undefined);
}

function keyOf(type: string, { name = "", namespace }: ObjectMetadata): string {
  return objectKey(type, objectName({ name, namespace }));
}
