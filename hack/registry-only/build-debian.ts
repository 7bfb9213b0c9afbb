import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { needCommands } from "../engine/apt.ts";
import { UserError } from "../toolchain/phase.ts";
import type { DebianRecipe } from "./part.ts";
import { runLive } from "./run-live.ts";
import { partsDir } from "./store.ts";

/** What nobody reads in a container. */
const left = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*"];

/** Makes a base system of Debian packages and tags it as an image. */
export async function buildDebian(
  recipe: DebianRecipe,
  name: string,
  report: (line: string) => void,
): Promise<void> {
  await needCommands({ mmdebstrap: "mmdebstrap" }, report);
  await mkdir(partsDir, { recursive: true });
  const work = await mkdtemp(join(partsDir, "debian-"));
  try {
    const tar = join(work, "base.tar");
    await runLive(
      "mmdebstrap",
      [
        ...["--variant=minbase", `--include=${recipe.packages.join(",")}`],
        ...left.map((path) => `--dpkgopt=path-exclude=${path}`),
        ...[recipe.release, tar, await mirrorOf(recipe.release)],
      ],
      { report },
    );
    report("import it as an image");
    await execa("docker", ["import", tar, name]);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The mirror that this machine's own apt uses for a release. */
async function mirrorOf(release: string): Promise<string> {
  const targets = await execa(
    "apt-get",
    ["indextargets", "--format", "$(RELEASE) $(SITE)", "Created-By: Packages"],
    { reject: false },
  );
  const mirror = mirrorIn(targets.stdout, release);
  if (mirror !== undefined) return mirror;
  throw new UserError(
    `apt on this machine knows no mirror of Debian ${release}: building from packages alone needs one. ` +
      `Add it to the apt sources and run apt-get update, or use a machine with Debian ${release}`,
  );
}

/** The first site that serves a release, in lines "RELEASE SITE". */
export function mirrorIn(targets: string, release: string): string | undefined {
  const lines = targets.split("\n").map((line) => line.split(" "));
  return lines.find(([name]) => name === release)?.[1];
}
