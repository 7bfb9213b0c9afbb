import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** Helm values: a tree of plain data. */
export type HelmValues = Record<string, unknown>;

/** Values of one chart as a learner reads them, from `manifests/istio/<file>`. */
export function chartValues(file: string): HelmValues {
  const url = new URL(`../../manifests/istio/${file}`, import.meta.url);
  return parse(readFileSync(url, "utf8")) as HelmValues;
}

/** Deep merge as Helm does it: maps merge, all else (lists too) is replaced by the later one. */
export function mergeValues(...layers: readonly (HelmValues | undefined)[]): HelmValues {
  const merged: HelmValues = {};
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer ?? {})) {
      const before = merged[key];
      merged[key] = isMap(before) && isMap(value) ? mergeValues(before, value) : value;
    }
  }
  return merged;
}

function isMap(value: unknown): value is HelmValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
