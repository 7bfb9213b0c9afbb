import { createHash } from "node:crypto";
import { isWanted, sortedWithout, type ObjectMetadata } from "./managed-fields.ts";

/** What istiod writes into its webhooks: it takes these fields from whoever had them. */
const istiods: ReadonlySet<string> = new Set(["f:caBundle", "f:failurePolicy"]);

/**
 * A short text that differs when anybody changed what is wanted of an object, or made it anew: whoever sets a field
 * becomes its manager, and whoever removes one takes it from its manager. What controllers and a status say does not
 * count, and no value of a field is in it.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function signatureOf({ uid = "", managedFields = [] }: ObjectMetadata): string {
  const entries = managedFields
    .filter(isWanted)
    .map(({ manager, operation, subresource, time, fieldsV1 = {} }) =>
      JSON.stringify([manager, operation, subresource, time, sortedWithout(fieldsV1, istiods)]),
    );
  return digest([uid, ...entries.sort()]);
}

/**
 * The same for a namespace of which the lab only sets some labels: what others do with the rest is theirs.
 * @param labels their names
 */
export function labelsSignature(
  { managedFields = [] }: ObjectMetadata,
  labels: readonly string[],
): string {
  const entries = managedFields.filter(isWanted).map(({ manager, operation, fieldsV1 }) => {
    const set = fieldsV1?.["f:metadata"]?.["f:labels"] ?? {};
    return [manager, operation, ...labels.filter((label) => `f:${label}` in set)];
  });
  const owners = entries.filter(([, , ...set]) => set.length > 0);
  return digest(owners.map((entry) => JSON.stringify(entry)).sort());
}

function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}
