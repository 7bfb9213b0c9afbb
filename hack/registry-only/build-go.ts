import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { goCommand, goEnv } from "./go-toolchain.ts";
import { copyModuleFiles } from "./module-files.ts";
import type { GoRecipe } from "./part.ts";
import { room } from "./recipe-hash.ts";
import { runLive } from "../toolchain/run-live.ts";

/**
 * Builds the programs of a wrapper module. It works on a copy, so the checkout stays as it is.
 * @param folder filled with the programs and the recipe's files
 */
export async function buildGo(
  recipe: GoRecipe,
  folder: string,
  report: (line: string) => void,
): Promise<void> {
  const command = await goCommand(report);
  const go = { command, env: goEnv };
  const wrapper = join(folder, "wrapper");
  await cp(join(room, "go", recipe.wrapper), wrapper, { recursive: true });
  await copyModuleFiles(recipe.embedded ?? [], go, wrapper, wrapper);
  const programs = join(folder, "programs");
  await mkdir(programs);
  const output = recipe.output === undefined ? `${programs}/` : join(programs, recipe.output);
  await runLive(
    command,
    [
      ...["build", "-v", "-trimpath", "-buildvcs=false", "-ldflags", linkFlags(recipe.set ?? {})],
      ...["-o", output, ...recipe.packages],
    ],
    { cwd: wrapper, env: goEnv, report, show: progress() },
  );
  await copyModuleFiles(recipe.files ?? [], go, wrapper, folder);
  for (const name of await readdir(programs))
    await rename(join(programs, name), join(folder, name));
  await rm(programs, { recursive: true });
  await rm(wrapper, { recursive: true });
}

/** The linker's flags: no debug information, and these variables set. */
export function linkFlags(set: Readonly<Record<string, string>>): string {
  const variables = Object.entries(set).map(([name, value]) => `-X ${name}=${value}`);
  return ["-s", "-w", ...variables].join(" ");
}

/** Counts what `go build -v` names: modules while it downloads them, then packages as they are compiled. */
export function progress(): (line: string) => string {
  let modules = 0;
  let packages = 0;
  return (line) => {
    const download = /^go: downloading (.+)$/.exec(line)?.[1];
    if (download !== undefined) return `download module ${(modules += 1)}: ${download}`;
    if (/\s/.test(line)) return line;
    return `compile package ${(packages += 1)}: ${line}`;
  };
}
