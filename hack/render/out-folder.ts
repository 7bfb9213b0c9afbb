import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../toolchain/phase.ts";
import type { RenderedFile } from "./object-file.ts";

/**
 * Refuses a folder that already holds something: files of another step would be applied along with these.
 * @throws UserError for that, and where it is no folder
 */
export function refuseUsed(folder: string): void {
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return;
    const why = code === "ENOTDIR" ? "it is not a folder" : (error as Error).message;
    throw new UserError(`--out ${folder} can't be used: ${why}; give a new or empty folder`);
  }
  if (entries.length === 0) return;
  throw new UserError(
    `--out ${folder} is not empty, and kubectl would apply what is in it too: give a new or empty folder, or empty it`,
  );
}

/**
 * Writes the files to a folder that only its owner can enter; those with keys are readable by the owner alone.
 * @throws UserError when the folder can't be written
 */
export function writeFiles(folder: string, files: readonly RenderedFile[]): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    for (const { name, text, secret } of files) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      // "wx": a second object of that name would be lost without a word.
      writeFileSync(file, text, { mode: secret ? 0o600 : 0o644, flag: "wx" });
    }
  } catch (error) {
    throw new UserError(`--out ${folder} can't be written: ${(error as Error).message}`);
  }
}
