import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseObjects } from "../../components/kubernetes-manifest.ts";
import type { KubernetesObject } from "../../components/kubernetes-manifest.ts";

export type RenderedObject = KubernetesObject;
export function readRendered(folder: string): RenderedObject[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => parseObjects(readFileSync(join(entry.parentPath, entry.name), "utf8")));
}
