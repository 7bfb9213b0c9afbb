import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { needCommands } from "../engine/apt.ts";
import { UserError } from "../toolchain/phase.ts";
import { partFolder } from "./part-folder.ts";
import type { MavenRecipe, Part } from "./part.ts";
import { partNamed, room } from "./recipe-hash.ts";
import { runLive } from "../toolchain/run-live.ts";

/** These goals alone: a whole life cycle would fetch plugins that have nothing to do here. */
const goals = [
  "resources:resources",
  "compiler:compile",
  "jar:jar",
  "dependency:copy-dependencies",
];

/** Builds a Java program; its jars are checked against the recipe's lib.sha256. */
export async function buildMaven(
  recipe: MavenRecipe,
  folder: string,
  all: readonly Part[],
  report: (line: string) => void,
): Promise<void> {
  await needCommands({ mvn: "maven", javac: "default-jdk-headless" }, report);
  const project = join(folder, "project");
  await cp(join(room, "java", recipe.folder), project, { recursive: true });
  for (const file of recipe.files) {
    const to = join(project, file.to ?? file.path);
    await mkdir(dirname(to), { recursive: true });
    await cp(join(partFolder(partNamed(file.part, all), all), file.path), to, { recursive: true });
  }
  const lib = join(folder, "lib");
  await runLive(
    "mvn",
    ["--batch-mode", "--no-transfer-progress", ...goals, `-DoutputDirectory=${lib}`],
    { cwd: project, report },
  );
  await checkJars(lib, join(project, "lib.sha256"));
  const target = join(project, "target");
  for (const name of await readdir(target)) {
    if (name.endsWith(".jar")) await rename(join(target, name), join(folder, name));
  }
  await rm(project, { recursive: true });
}

async function checkJars(lib: string, sums: string): Promise<void> {
  const checked = await execa("sha256sum", ["--check", "--strict", "--quiet", sums], {
    cwd: lib,
    reject: false,
    all: true,
  });
  const pinned = (await execa("cat", [sums])).stdout.split("\n").map((line) => line.slice(66));
  const strangers = (await readdir(lib)).filter((name) => !pinned.includes(name));
  if (checked.exitCode === 0 && strangers.length === 0) return;
  throw new UserError(
    `jars are not those that ${sums} pins: ${[...strangers, checked.all].join("\n")}`,
  );
}
