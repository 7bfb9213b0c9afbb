import { globSync } from "node:fs";
import { relative } from "node:path";
import { readManifest, type KubernetesObject } from "../../components/kubernetes-manifest.ts";
import { officialSupply, type Supply } from "../../components/supply.ts";

/** Files of Helm values: they hold no objects. */
export const valuesFiles: readonly string[] = globSync("manifests/istio/*.yaml").sort();

/** Every manifest, `manifests/sleep.yaml` and so on. */
export const manifestFiles: readonly string[] = globSync("manifests/**/*.{yaml,yml}")
  .filter((file) => !valuesFiles.includes(file))
  .sort();

/** The objects of a manifest with this supply's images, as a scenario gets them. */
export function objectsOf(
  file: string,
  supply: Pick<Supply, "images"> = officialSupply,
): KubernetesObject[] {
  return readManifest(relative("manifests", file), supply);
}

/** The manifests that hold an object of that kind and name; none where code builds it. */
export function manifestsWith({ kind, metadata }: KubernetesObject): string[] {
  return manifestFiles.filter((file) =>
    objectsOf(file).some(
      (object) =>
        object.kind === kind &&
        object.metadata.name === metadata.name &&
        object.metadata.namespace === metadata.namespace,
    ),
  );
}
