import { goCommand, goEnv } from "./go-toolchain.ts";
import { copyModuleFiles } from "./module-files.ts";
import type { SourcesRecipe } from "./part.ts";
import { room } from "./recipe-hash.ts";
import { join } from "node:path";

/** Fills a folder with files of a Go module. */
export async function copySources(
  recipe: SourcesRecipe,
  folder: string,
  report: (line: string) => void,
): Promise<void> {
  const go = { command: await goCommand(report), env: goEnv };
  await copyModuleFiles(recipe.files, go, join(room, "go", recipe.wrapper), folder);
}
