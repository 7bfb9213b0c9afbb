import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseObjects } from "../../components/kubernetes-manifest.ts";
import type { KubernetesObject } from "../../components/kubernetes-manifest.ts";
import { stackLabel } from "../../components/stack-label.ts";

/** The objects that the Kubernetes provider rendered to a folder, without what only the lab and its provider read. */
export function readRendered(folder: string): KubernetesObject[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => parseObjects(readFileSync(join(entry.parentPath, entry.name), "utf8")))
    .map(plain);
}

/**
 * Annotations such as `pulumi.com/skipAwait` tell the provider how to wait, and the stack's label whose a namespace is:
 * where the object is applied by hand, both are wrong.
 */
export function plain(object: KubernetesObject): KubernetesObject {
  const { annotations, labels, ...metadata }: Metadata = object.metadata;
  return {
    ...object,
    metadata: {
      ...metadata,
      ...without("labels", labels, (key) => key === stackLabel),
      ...without("annotations", annotations, (key) => key.startsWith("pulumi.com/")),
    },
  };
}

type Texts = Readonly<Record<string, string>>;
type Metadata = KubernetesObject["metadata"] & {
  readonly annotations?: Texts;
  readonly labels?: Texts;
};

function without(
  field: "labels" | "annotations",
  texts: Texts = {},
  isOurs: (key: string) => boolean,
): Partial<Metadata> {
  const kept = Object.entries(texts).filter(([key]) => !isOurs(key));
  return kept.length === 0 ? {} : { [field]: Object.fromEntries(kept) };
}
