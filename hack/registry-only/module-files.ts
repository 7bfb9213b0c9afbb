import { readFile, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { execa } from "execa";
import { parseDocument } from "yaml";
import type { ModuleFile } from "./part.ts";

/**
 * Copies files of a Go module, as the module cache has them after verification, and fills in what the recipe says.
 * @param wrapper folder with the go.mod that pins the module
 * @param into folder that gets them
 */
export async function copyModuleFiles(
  files: readonly ModuleFile[],
  go: { readonly command: string; readonly env: Readonly<Record<string, string>> },
  wrapper: string,
  into: string,
): Promise<void> {
  for (const file of files) {
    const found = await execa(go.command, ["mod", "download", "-json", file.module], {
      cwd: wrapper,
      env: go.env,
    });
    const { Dir: module } = JSON.parse(found.stdout) as { Dir: string };
    const target = join(into, file.to);
    await execa("mkdir", ["-p", dirname(target)]);
    // The module cache is read-only; a copy of it with its modes could not be written to, nor removed.
    await execa("cp", ["-R", "--no-preserve=mode", join(module, file.path), target]);
    if (file.fill) await fillIn(join(target, file.fill.file ?? ""), file.fill.fields);
  }
}

async function fillIn(path: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const file = path.replace(/\/$/, "");
  await writeFile(file, filled(await readFile(file, "utf8"), extname(file), fields));
}

/** A JSON or YAML document with these top-level fields set. */
export function filled(
  text: string,
  extension: string,
  fields: Readonly<Record<string, string>>,
): string {
  if (extension === ".json") {
    return JSON.stringify({ ...(JSON.parse(text) as Record<string, unknown>), ...fields });
  }
  const document = parseDocument(text);
  for (const [name, value] of Object.entries(fields)) document.set(name, value);
  return document.toString();
}
