import type * as pulumi from "@pulumi/pulumi";
import { applyObjects, readManifest } from "../../kubernetes-manifest.ts";
import type { Lab } from "../scenario.ts";

/** The host name of the helloworld lessons, whatever the lab's domain. */
export const host = "helloworld.fireflyclass.com";

/** The application without a sidecar: its Service, and one pod. */
export const app: readonly string[] = ["service", "deployment"];

/**
 * Makes the objects of `manifests/helloworld/<name>.yaml`, for each name.
 * @param dependsOn what must be there before them
 */
export function applyManifests(
  lab: Lab,
  names: readonly string[],
  dependsOn: readonly pulumi.Resource[] = [],
): pulumi.Resource[] {
  const objects = names.flatMap((name) => readManifest(`helloworld/${name}.yaml`, lab.supply));
  const first = lab.meshOpts.dependsOn.concat(dependsOn);
  return applyObjects(objects, { ...lab.meshOpts, dependsOn: first });
}
