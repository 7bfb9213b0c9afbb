import type { KubernetesObject } from "../../components/kubernetes-manifest.ts";

/** What is registered for an object of a manifest: the object, and for a Service that nobody waits for it. */
export function applied(object: KubernetesObject | undefined): object | undefined {
  if (object?.kind !== "Service") return object;
  const annotations = { "pulumi.com/skipAwait": "true" };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
