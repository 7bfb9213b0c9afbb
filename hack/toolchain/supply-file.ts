import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Supply } from "../../components/supply.ts";
import { supplyFile } from "./paths.ts";

/** The supply that set-up chose for this checkout, or undefined when it never did. */
export function savedSupply(path: string = supplyFile): Supply | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Supply;
  } catch {
    // Missing, or cut by a full disk: either way set-up writes it anew.
    return undefined;
  }
}

/** Whether the file says exactly this. */
export function isSaved(supply: Supply, path: string = supplyFile): boolean {
  // Through JSON, as the file went: `undefined` fields and prototypes don't count.
  return isDeepStrictEqual(savedSupply(path), JSON.parse(JSON.stringify(supply)));
}

/** Writes the file whole or not at all. */
export function saveSupply(supply: Supply, path: string = supplyFile): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, `${JSON.stringify(supply, null, 2)}\n`, { mode: 0o644 });
  renameSync(part, path);
}
