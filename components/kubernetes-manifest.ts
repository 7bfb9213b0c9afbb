import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parseAllDocuments } from "yaml";
import { objectName, objectType } from "./stage/object-key.ts";
import { stackLabels } from "./stack-label.ts";
import type { Supply } from "./supply.ts";
import { images } from "./versions.ts";

/** A Kubernetes object as YAML holds it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/**
 * The objects of `manifests/<file>`, with the images this supply has in place of the public ones. Nothing else differs
 * from what `kubectl apply` would send.
 */
export function readManifest(file: string, supply: Pick<Supply, "images">): KubernetesObject[] {
  let text = readFileSync(new URL(`../manifests/${file}`, import.meta.url), "utf8");
  for (const role of Object.keys(images) as (keyof typeof images)[]) {
    if (text.includes(images[role])) text = text.replaceAll(images[role], supply.images[role]);
  }
  return parseObjects(text, `manifests/${file}`);
}

/**
 * The objects of a YAML text with any number of documents.
 * @param source what a fault is said of
 * @throws Error naming the source where the text is no YAML
 */
export function parseObjects(text: string, source = "a manifest"): KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => {
      const [error] = document.errors;
      if (error) throw new Error(`${source} is no YAML: ${error.message}`);
      return document.toJS() as KubernetesObject | null;
    })
    .filter((object) => object !== null);
}

/** Tells whose an object is that is not on the stage. */
export function withStackLabel(object: KubernetesObject): KubernetesObject {
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, labels: { ...metadata.labels, ...stackLabels() } } };
}

/** A resource of any kind: the Kubernetes provider takes every type its API server has. */
class ManifestResource extends pulumi.CustomResource {}

/** Makes every object a resource of its own, named by {@link objectName}. */
export function applyObjects(
  objects: readonly KubernetesObject[],
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource[] {
  return objects.map(
    (object) =>
      new ManifestResource(
        objectType(object.apiVersion, object.kind),
        objectName(object.metadata),
        neverReady.has(object.kind) ? withoutAwait(object) : object,
        opts,
      ),
  );
}

/**
 * Kinds that the provider waits for in vain: a new Service it watches for ten seconds whatever happens (its
 * Deployment's own wait says as much), an Ingress until a controller gives it an address.
 */
const neverReady = new Set(["Service", "Ingress"]);

function withoutAwait(object: KubernetesObject): KubernetesObject {
  const { annotations } = object.metadata;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...annotations, "pulumi.com/skipAwait": "true" },
    },
  };
}
