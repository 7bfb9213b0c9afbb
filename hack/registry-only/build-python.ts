import { join } from "node:path";
import { needPip } from "./build-wheel.ts";
import type { PythonRecipe } from "./part.ts";
import { room } from "./recipe-hash.ts";
import { runLive } from "../toolchain/run-live.ts";

/** Wheels for any Debian of the last years. */
const platforms = ["manylinux2014", "manylinux_2_28"];

/** Puts Python packages for another Python than this machine's into `site` of a folder. */
export async function installPython(
  recipe: PythonRecipe,
  folder: string,
  report: (line: string) => void,
): Promise<void> {
  await needPip(report);
  const arch = process.arch === "arm64" ? "aarch64" : "x86_64";
  const install = async (requirements: string, options: readonly string[]): Promise<void> =>
    runLive(
      "python3",
      [
        ...["-m", "pip", "install", "--disable-pip-version-check", "--no-input"],
        ...["--root-user-action=ignore", "--no-deps", "--no-compile", "--require-hashes"],
        ...["--target", join(folder, "site"), ...options],
        ...["--requirement", join(room, "requirements", requirements)],
      ],
      { report },
    );
  await install(recipe.wheels, [
    ...["--only-binary=:all:", "--implementation=cp", `--python-version=${recipe.python}`],
    ...platforms.map((platform) => `--platform=${platform}_${arch}`),
  ]);
  await install(recipe.sources, ["--no-binary=:all:"]);
}
