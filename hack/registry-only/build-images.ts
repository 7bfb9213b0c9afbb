import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { dockerBuild } from "./docker.ts";
import { imageName, imagesOf } from "./image-names.ts";
import { partFolder } from "./part-folder.ts";
import type { ImageSpec, Part } from "./part.ts";
import { partNamed, room } from "./recipe-hash.ts";
import { partsDir } from "./store.ts";

/** Builds the images of a part, each from its folder under images/ and the files of other parts. */
export async function buildImages(
  images: readonly ImageSpec[],
  part: Part,
  all: readonly Part[],
  report: (line: string) => void,
): Promise<void> {
  for (const image of images) {
    const name = imageName(image, part, all);
    report(`build image ${name}`);
    await buildImage(image, name, all, report);
  }
}

/** Builds one image and gives it that name. */
export async function buildImage(
  image: ImageSpec,
  name: string,
  all: readonly Part[],
  report: (line: string) => void,
): Promise<void> {
  await mkdir(partsDir, { recursive: true });
  const context = await mkdtemp(join(partsDir, "context-"));
  try {
    await cp(join(room, "images", image.folder), context, { recursive: true });
    for (const file of image.files) {
      const from = join(partFolder(partNamed(file.part, all), all), file.path);
      // Hard links: the programs are large, and only read.
      await execa("cp", ["-Rl", from, join(context, file.to ?? file.path)]);
    }
    const args: Record<string, string> = { ...image.args };
    if (image.base !== undefined) args["BASE"] = baseName(image.base, all);
    await dockerBuild(context, name, args, report);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

function baseName(part: string, all: readonly Part[]): string {
  const [name] = imagesOf(partNamed(part, all), all);
  if (name === undefined) throw new Error(`part "${part}" is no image to build on`);
  return name;
}
