import { cp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { NpmRecipe } from "./part.ts";
import { room } from "./recipe-hash.ts";
import { runLive } from "../toolchain/run-live.ts";

/** Fills a folder with `node_modules` and the `node` that is among them. */
export async function installNpm(
  recipe: NpmRecipe,
  folder: string,
  report: (line: string) => void,
): Promise<void> {
  await cp(join(room, "npm", recipe.folder), folder, { recursive: true });
  await runLive(
    "npm",
    [
      "ci",
      "--ignore-scripts",
      "--no-bin-links",
      "--no-audit",
      "--no-fund",
      `--cpu=${process.arch}`,
      "--os=linux",
    ],
    { cwd: folder, report },
  );
  const modules = join(folder, "node_modules");
  const carrier = (await readdir(modules)).find((name) => name.startsWith("node-linux-"));
  if (carrier === undefined) throw new Error(`npm has no node for linux/${process.arch}`);
  await rename(join(modules, carrier, "bin", "node"), join(folder, "node"));
  await rm(join(modules, carrier), { recursive: true });
}
