import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { needCommands } from "../engine/apt.ts";
import { UserError } from "../toolchain/phase.ts";
import type { DebianRecipe } from "./part.ts";
import { runLive } from "../toolchain/run-live.ts";
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
        // Java's package puts links to its manual there, and fails where the folder is not.
        '--essential-hook=mkdir -p "$1/usr/share/man/man1"',
        ...[recipe.release, tar, await mirrorOf(recipe.release, report)],
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
async function mirrorOf(release: string, report: (line: string) => void): Promise<string> {
  const known = mirrorIn(await aptTargets(), release);
  if (known !== undefined) return known;
  // apt names only mirrors whose lists it has, and a bare machine may have none yet.
  report("apt-get update");
  await execa("apt-get", ["update"], { reject: false });
  const mirror = mirrorIn(await aptTargets(), release);
  if (mirror !== undefined) return mirror;
  throw new UserError(
    `apt on this machine knows no mirror of Debian ${release}: building from packages alone needs one. ` +
      `Add it to the apt sources and run apt-get update, or use a machine with Debian ${release}`,
  );
}

/** apt's sources, a line "RELEASE SITE" each. */
async function aptTargets(): Promise<string> {
  const format = "$(RELEASE) $(SITE)";
  const targets = await execa(
    "apt-get",
    ["indextargets", "--format", format, "Created-By: Packages"],
    { reject: false },
  );
  return targets.stdout;
}

/** The first site that serves a release, in lines "RELEASE SITE". */
export function mirrorIn(targets: string, release: string): string | undefined {
  const lines = targets.split("\n").map((line) => line.split(" "));
  return lines.find(([name]) => name === release)?.[1];
}
