import { gunzipSync } from "node:zlib";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../kubernetes-manifest.ts";
import { objectKey, objectName, objectType } from "../stage/object-key.ts";

/** A Secret in which Helm notes a release, as the API has it. */
export interface HelmSecret {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly data: { readonly release: string };
}

/** A release by its name and namespace. */
export interface ReleasePlace {
  readonly release: string;
  readonly namespace: string;
}

/** The Secret of the revision that is deployed; nothing where Helm has no such release. */
export function deployedSecret(secrets: readonly HelmSecret[]): HelmSecret | undefined {
  return secrets.find(({ metadata }) => metadata.labels?.["status"] === "deployed");
}

/**
 * The objects of a release as Helm applied them, by key and in the order in which Helm makes them.
 * @see https://helm.sh/docs/topics/advanced/#storage-backends
 */
export function releasedObjects(
  secret: HelmSecret,
  { release, namespace }: ReleasePlace,
): ReadonlyMap<string, KubernetesObject> {
  // Helm's own base64 of gzip is what the Secret's base64 holds.
  const stored = Buffer.from(Buffer.from(secret.data.release, "base64").toString(), "base64");
  const { manifest } = JSON.parse(gunzipSync(stored).toString()) as { readonly manifest: string };
  const objects = parseAllDocuments(manifest).map(
    (document) => document.toJS() as KubernetesObject | null,
  );
  return new Map(
    objects
      .filter((object) => object !== null)
      .map((object) => owned(object, { release, namespace }))
      .map((object) => [keyOf(object), object]),
  );
}

function keyOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return objectKey(objectType(apiVersion, kind), objectName(metadata));
}

/** Kinds of the charts' objects that are in no namespace. */
const unplaced =
  /^(Cluster.*|Namespace|CustomResourceDefinition|.*WebhookConfiguration|PriorityClass)$/;

/** With what Helm adds to each object of a release: it takes none that lacks it. */
function owned(object: KubernetesObject, place: ReleasePlace): KubernetesObject {
  const { metadata, kind } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(unplaced.test(kind) ? {} : { namespace: metadata.namespace ?? place.namespace }),
      labels: { ...metadata.labels, "app.kubernetes.io/managed-by": "Helm" },
      annotations: {
        ...metadata.annotations,
        "meta.helm.sh/release-name": place.release,
        "meta.helm.sh/release-namespace": place.namespace,
      },
    },
  };
}
