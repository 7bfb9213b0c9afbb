import { join } from "node:path";
import type { Part } from "./part.ts";
import { recipeHash } from "./recipe-hash.ts";
import { partsDir } from "./store.ts";

/** The folder of a finished part. Another recipe, another folder. */
export function partFolder(part: Part, all: readonly Part[], folder: string = partsDir): string {
  return join(folder, `${part.name}-${part.version}-${recipeHash(part, all)}`);
}
