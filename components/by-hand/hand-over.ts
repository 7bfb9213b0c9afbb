import type { ApiClient } from "../cluster/api-client.ts";
import {
  isPulumis,
  isWanted,
  union,
  type FieldTree,
  type ManagedFields,
  type ObjectMetadata,
} from "./managed-fields.ts";

/**
 * Who manages which fields once all that people set by hand is Pulumi's: its next server-side apply then resets what
 * they changed and removes what they added, in place. The same is done for objects that were applied on the client's
 * side before, see csaupgrade in https://pkg.go.dev/k8s.io/client-go/util/csaupgrade.
 * @returns undefined where Pulumi has no fields, or nobody else has any
 */
export function handedOver(
  managedFields: readonly ManagedFields[],
): readonly ManagedFields[] | undefined {
  const pulumis = managedFields.filter(isPulumis).sort(byTime).at(-1);
  const others = managedFields.filter((entry) => isWanted(entry) && entry !== pulumis);
  if (pulumis === undefined || others.length === 0) return undefined;
  const fieldsV1 = others.reduce<FieldTree>(
    (tree, entry) => union(tree, entry.fieldsV1 ?? {}),
    pulumis.fieldsV1 ?? {},
  );
  return managedFields.flatMap((entry) => {
    if (entry === pulumis) return [{ ...pulumis, fieldsV1 }];
    return others.includes(entry) ? [] : [entry];
  });
}

function byTime(one: ManagedFields, other: ManagedFields): number {
  return (one.time ?? "").localeCompare(other.time ?? "");
}

/**
 * The same for the labels of a namespace that is not the lab's: everybody else lets go of them.
 * @param labels their names
 */
export function labelsLetGo(
  managedFields: readonly ManagedFields[],
  labels: readonly string[],
): readonly ManagedFields[] {
  return managedFields.map((entry) => {
    const { "f:metadata": metadata = {}, ...rest } = entry.fieldsV1 ?? {};
    const { "f:labels": set, ...more } = metadata;
    if (set === undefined || isPulumis(entry)) return entry;
    const kept = Object.fromEntries(
      Object.entries(set).filter(([field]) => !labels.some((label) => field === `f:${label}`)),
    );
    return { ...entry, fieldsV1: { ...rest, "f:metadata": { ...more, "f:labels": kept } } };
  });
}

/**
 * Writes who manages which fields of an object.
 * @param path the object's in the API
 * @param change what becomes of its managed fields; undefined to leave them
 */
export async function writeManagers(
  api: ApiClient,
  path: string,
  change: (managedFields: readonly ManagedFields[]) => readonly ManagedFields[] | undefined,
): Promise<void> {
  // Somebody may write between the look and the patch, which the server then refuses.
  for (let attempt = 0; attempt < 5; attempt++) {
    const { status, body } = await api.ask({ path });
    if (status !== 200) return;
    const { metadata } = body as { readonly metadata: ObjectMetadata };
    const managedFields = change(metadata.managedFields ?? []);
    if (managedFields === undefined) return;
    const answer = await api.ask({
      method: "PATCH",
      path,
      contentType: "application/json-patch+json",
      body: [
        { op: "test", path: "/metadata/resourceVersion", value: metadata.resourceVersion },
        { op: "replace", path: "/metadata/managedFields", value: managedFields },
      ],
    });
    if (answer.status < 400) return;
  }
}
