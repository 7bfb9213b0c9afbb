import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseObjects } from "../../components/kubernetes-manifest.ts";
import type { KubernetesObject } from "../../components/kubernetes-manifest.ts";

/** The objects that the Kubernetes provider rendered to a folder, without what only the provider reads. */
export function readRendered(folder: string): KubernetesObject[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => parseObjects(readFileSync(join(entry.parentPath, entry.name), "utf8")))
    .map(withoutPulumi);
}

/** Annotations such as `pulumi.com/skipAwait` tell the provider how to wait; to the cluster they mean nothing. */
export function withoutPulumi(object: KubernetesObject): KubernetesObject {
  const { annotations, ...metadata }: Metadata = object.metadata;
  const kept = Object.entries(annotations ?? {}).filter(([key]) => !key.startsWith("pulumi.com/"));
  const rest = kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) };
  return { ...object, metadata: { ...metadata, ...rest } };
}

type Metadata = KubernetesObject["metadata"] & {
  readonly annotations?: Readonly<Record<string, string>>;
};
