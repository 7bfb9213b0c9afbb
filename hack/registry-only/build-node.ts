import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { UserError } from "../toolchain/phase.ts";
import { buildImage } from "./build-images.ts";
import { bakedNames, imagesOf } from "./image-names.ts";
import type { NodeRecipe, Part } from "./part.ts";
import { room } from "./recipe-hash.ts";

/** What kind starts; a commit would otherwise keep what the baking container ran. */
const entrypoint = 'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]';

/** Builds the node image: Kubernetes first, then the images put into it by a container that is committed. */
export async function buildNode(
  recipe: NodeRecipe,
  part: Part,
  all: readonly Part[],
  report: (line: string) => void,
): Promise<void> {
  const [name] = imagesOf(part, all);
  if (name === undefined) throw new Error("the node image has no name");
  const unbaked = `${name}-unbaked`;
  await buildImage(recipe.image, unbaked, all, report);
  const container = name.replaceAll(/[^a-zA-Z0-9]/g, "-");
  // Left by a build that was killed.
  await remove(container);
  try {
    report("start a container to put the images in");
    await execa("docker", [
      ...["run", "--detach", "--name", container, "--privileged", "--network=none"],
      ...["--volume", "/build", "--entrypoint", "sleep", unbaked, "infinity"],
    ]);
    await bake(container, bakedNames(recipe.bake, all), report);
    await execa("docker", ["stop", "--time", "1", container]);
    report("commit the node image");
    await execa("docker", [
      "commit",
      "--change",
      entrypoint,
      "--change",
      "CMD []",
      container,
      name,
    ]);
  } finally {
    await remove(container);
    await execa("docker", ["rmi", "--no-prune", unbaked], { reject: false });
  }
}

async function bake(
  container: string,
  pairs: readonly string[],
  report: (line: string) => void,
): Promise<void> {
  const script = await readFile(join(room, "images", "node", "bake.sh"), "utf8");
  const images = [...new Set(pairs.map((pair) => pair.slice(0, pair.indexOf("="))))];
  report(`put ${images.length} images in, unpacked`);
  const baked = await execa("docker", ["save", ...images], {
    reject: false,
    // A gigabyte: it is passed on, not kept.
    buffer: false,
  }).pipe(
    execa("docker", ["exec", "--interactive", container, "sh", "-c", script, "bake.sh", ...pairs], {
      reject: false,
    }),
  );
  if (baked.exitCode !== 0) {
    throw new UserError(
      `putting the images into the node image failed: ${baked.stderr.slice(-2000)}`,
    );
  }
}

async function remove(container: string): Promise<void> {
  await execa("docker", ["rm", "--force", "--volumes", container], { reject: false });
}
