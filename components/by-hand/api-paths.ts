import { resourceOf } from "../stage/kinds.ts";
import type { ObjectPlace } from "../stage/object-key.ts";

/** Where the API has all objects of a kind, of all namespaces. */
export function listPath(apiVersion: string, kind: string, selector = ""): string {
  const query = selector === "" ? "" : `?labelSelector=${encodeURIComponent(selector)}`;
  return `${groupPath(apiVersion)}/${resourceOf(kind)}${query}`;
}

/** Where the API has one object. */
export function objectPath({ apiVersion, kind, namespace, name }: ObjectPlace): string {
  const where = namespace === undefined ? "" : `/namespaces/${namespace}`;
  return `${groupPath(apiVersion)}${where}/${resourceOf(kind)}/${name}`;
}

function groupPath(apiVersion: string): string {
  return `/${apiVersion.includes("/") ? "apis" : "api"}/${apiVersion}`;
}
