import { hasImages } from "../toolchain/has-images.ts";
import { buildDebian } from "./build-debian.ts";
import { buildGo } from "./build-go.ts";
import { buildImages } from "./build-images.ts";
import { buildMaven } from "./build-maven.ts";
import { buildNode } from "./build-node.ts";
import { installNpm } from "./build-npm.ts";
import { buildPluginStandIns } from "./build-plugins.ts";
import { installPython } from "./build-python.ts";
import { copySources } from "./build-sources.ts";
import { unpackWheel } from "./build-wheel.ts";
import { imagesOf } from "./image-names.ts";
import { partFolder } from "./part-folder.ts";
import type { Part } from "./part.ts";
import { alone, isStored, storeFolder } from "./store.ts";

/** Whether a part is finished: its folder is there, or its images are in the engine. */
export async function isBuilt(part: Part, all: readonly Part[]): Promise<boolean> {
  const images = imagesOf(part, all);
  return images.length > 0 ? hasImages(images) : isStored(partFolder(part, all));
}

/**
 * Builds a part, unless it is finished. The parts it needs must be.
 * @throws UserError when a command fails
 */
export async function buildPart(
  part: Part,
  all: readonly Part[],
  report: (line: string) => void,
): Promise<void> {
  const { recipe } = part;
  const folder = partFolder(part, all);
  const asFolder = (fill: (temporary: string) => Promise<void>): Promise<void> =>
    storeFolder(folder, fill);
  const asImages = (build: () => Promise<void>): Promise<void> =>
    alone(folder, async () => ((await isBuilt(part, all)) ? undefined : build()));
  switch (recipe.kind) {
    case "go":
      return asFolder((temporary) => buildGo(recipe, temporary, report));
    case "sources":
      return asFolder((temporary) => copySources(recipe, temporary, report));
    case "python":
      return asFolder((temporary) => installPython(recipe, temporary, report));
    case "npm":
      return asFolder((temporary) => installNpm(recipe, temporary, report));
    case "maven":
      return asFolder((temporary) => buildMaven(recipe, temporary, all, report));
    case "wheel":
      return asFolder((temporary) => unpackWheel(recipe, temporary, report));
    case "plugins":
      return asFolder((temporary) => buildPluginStandIns(temporary));
    case "debian":
      return asImages(() => buildDebian(recipe, imagesOf(part, all)[0] ?? part.name, report));
    case "images":
      return asImages(() => buildImages(recipe.images, part, all, report));
    case "node":
      return asImages(() => buildNode(recipe, part, all, report));
  }
}
