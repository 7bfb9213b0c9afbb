import { setTimeout } from "node:timers/promises";
import { connect, type ApiClient } from "../cluster/api-client.ts";
import type { ClusterAccess } from "../cluster/run-kubectl.ts";
import { listPath, objectPath } from "./api-paths.ts";
import { handedOver, labelsLetGo, writeManagers } from "./hand-over.ts";
import { labelsSet, type LabObject } from "./lab-objects.ts";
import type { ObjectMetadata } from "./managed-fields.ts";

/**
 * Gets ready what somebody changed by hand, so that Pulumi can put it back; call it in an update, before anything is
 * registered.
 * @param onStage keys of the objects of the step, which are made anew where they are gone
 */
export async function handBack(
  access: ClusterAccess,
  objects: readonly LabObject[],
  onStage: ReadonlySet<string>,
): Promise<void> {
  if (objects.length === 0) return;
  const api = await connect(access);
  try {
    for (const object of objects) await handBackOne(api, object, onStage);
  } finally {
    api.close();
  }
}

async function handBackOne(
  api: ApiClient,
  object: LabObject,
  onStage: ReadonlySet<string>,
): Promise<void> {
  if (object.patched) {
    const path = objectPath({ apiVersion: "v1", kind: "Namespace", name: object.name });
    return writeManagers(api, path, (fields) => labelsLetGo(fields, labelsSet));
  }
  if (object.kind === "Namespace" && !onStage.has(object.key))
    await makeNamespace(api, object.name);
  return writeManagers(api, objectPath(object), handedOver);
}

/** One that is on its way out is waited for. */
async function makeNamespace(api: ApiClient, name: string): Promise<void> {
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  for (const end = Date.now() + 120_000; Date.now() < end;) {
    const { status } = await api.ask({ method: "POST", path: listPath("v1", "Namespace"), body });
    const there = await api.ask({
      path: objectPath({ apiVersion: "v1", kind: "Namespace", name }),
    });
    const { metadata } = there.body as { readonly metadata?: ObjectMetadata };
    if (status < 400 || (there.status === 200 && !metadata?.deletionTimestamp)) return;
    await setTimeout(500);
  }
  throw new Error(`namespace ${name} is still being deleted: kubectl get namespace ${name}`);
}
