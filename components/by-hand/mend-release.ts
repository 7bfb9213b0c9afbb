import { setTimeout } from "node:timers/promises";
import { connect, type ApiClient } from "../cluster/api-client.ts";
import type { KubernetesObject } from "../kubernetes-manifest.ts";
import { objectPlace, objectType, objectName } from "../stage/object-key.ts";
import { objectPath } from "./api-paths.ts";
import { lookAtReleases } from "./look.ts";
import {
  deployedSecret,
  releasedObjects,
  type HelmSecret,
  type ReleasePlace,
} from "./release-manifest.ts";
import { changedSince, readReleaseNote, signaturesOf, writeReleaseNote } from "./release-notes.ts";

/** Whose writes they are, in the objects' managed fields. */
const manager = "fieldManager=istio-lab";

/**
 * Puts back the objects of a release that were changed or deleted since they were noted, as Helm applied them, and
 * notes them again. Helm itself would leave fields that were added, and does not look while its values are the same.
 */
export async function mendRelease(
  api: ApiClient,
  place: ReleasePlace,
  stackFolder: string,
): Promise<readonly string[]> {
  const noted = readReleaseNote(stackFolder, place.release);
  const changed = noted === undefined ? [] : changedSince(noted, await lookAtReleases(api));
  let secrets = await helmSecrets(api, place);
  if (noted && !deployedSecret(secrets)) {
    for (const secret of noted.secrets) await make(api, secretObject(secret));
    secrets = noted.secrets;
  }
  const deployed = deployedSecret(secrets);
  if (deployed === undefined) return [];
  const objects = changed.length > 0 ? [...releasedObjects(deployed, place)] : [];
  const mended = objects.filter(([key]) => changed.includes(key));
  for (const [, object] of mended) await putBack(api, object);
  const signatures = signaturesOf(await lookAtReleases(api), place);
  writeReleaseNote(stackFolder, place.release, { signatures, secrets: [deployed] });
  return mended.map(([key]) => key);
}

async function helmSecrets(api: ApiClient, place: ReleasePlace): Promise<readonly HelmSecret[]> {
  const selector = encodeURIComponent(`owner=helm,name=${place.release}`);
  const path = `/api/v1/namespaces/${place.namespace}/secrets?labelSelector=${selector}`;
  const { status, body } = await api.ask({ path });
  if (status !== 200) throw new Error(`${path}: ${status}`);
  return (body as { readonly items: readonly HelmSecret[] }).items;
}

function secretObject({ metadata, data }: HelmSecret): KubernetesObject {
  const { name, namespace, labels } = metadata;
  return {
    ...{ apiVersion: "v1", kind: "Secret", type: "helm.sh/release.v1", data },
    metadata: { name, namespace, ...(labels ? { labels } : {}) },
  };
}

/** In place where that can be: pods that are right go on. */
async function putBack(api: ApiClient, object: KubernetesObject): Promise<void> {
  const path = pathOf(object);
  const { status, body } = await api.ask({ path });
  if (status === 404) return make(api, object);
  const { metadata } = body as { readonly metadata: { readonly resourceVersion: string } };
  const { resourceVersion } = metadata;
  const whole = { ...object, metadata: { ...object.metadata, resourceVersion } };
  const put = await api.ask({ method: "PUT", path: `${path}?${manager}`, body: whole });
  if (put.status < 400) return;
  // Somebody put one in its place whose fixed fields are others.
  await api.ask({ method: "DELETE", path, body: { propagationPolicy: "Background" } });
  await make(api, object);
}

async function make(api: ApiClient, object: KubernetesObject): Promise<void> {
  const path = pathOf(object).replace(/\/[^/]*$/, "");
  // One that is still on its way out is in the way for a while.
  for (const end = Date.now() + 60_000; ;) {
    const { status, body } = await api.ask({
      method: "POST",
      path: `${path}?${manager}`,
      body: object,
    });
    if (status < 400) return;
    if (Date.now() > end) {
      const { message = String(status) } = (body ?? {}) as { readonly message?: string };
      throw new Error(
        `${object.kind} ${objectName(object.metadata)} can't be put back: ${message}`,
      );
    }
    await setTimeout(500);
  }
}

function pathOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return objectPath(objectPlace(objectType(apiVersion, kind), objectName(metadata)));
}

if (import.meta.main) {
  const { KUBECONFIG: kubeconfigPath = "", CONTEXT: kubeContext = "" } = process.env;
  const { RELEASES: releases = "", NAMESPACE: namespace = "", STACK_FOLDER = "" } = process.env;
  const api = await connect({ kubeconfigPath, kubeContext });
  try {
    for (const release of releases.split(",")) {
      const changed = await mendRelease(api, { release, namespace }, STACK_FOLDER);
      for (const key of changed) console.log(`put back: ${key}`);
    }
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  } finally {
    api.close();
  }
}
