import type { ImageSpec, Part } from "./part.ts";
import { partNamed, recipeHash } from "./recipe-hash.ts";
import { hub } from "./releases.ts";

/**
 * The tag of a part's images: its version and its hash, so that two checkouts never take each other's images, and a tag
 * that is there is the right one.
 */
export function imageTag(part: Part, all: readonly Part[]): string {
  const prefix = part.recipe.kind === "node" ? "v" : "";
  return `${prefix}${part.version}-${recipeHash(part, all).slice(0, 8)}`;
}

/** An image's full name, such as "istio-lab.local/pilot:1.31.1-0123abcd". */
export function imageName(
  image: Pick<ImageSpec, "name">,
  part: Part,
  all: readonly Part[],
): string {
  return `${hub}/${image.name}:${imageTag(part, all)}`;
}

/** The full names of all images a part makes. */
export function imagesOf(part: Part, all: readonly Part[]): readonly string[] {
  const { recipe } = part;
  switch (recipe.kind) {
    case "debian":
      return [imageName(part, part, all)];
    case "images":
      return recipe.images.map((image) => imageName(image, part, all));
    case "node":
      return [imageName(recipe.image, part, all)];
    default:
      return [];
  }
}

/** Pairs NAME=NAME-IN-THE-NODE for the images that the node is to have. */
export function bakedNames(parts: readonly string[], all: readonly Part[]): readonly string[] {
  return parts.flatMap((name) => {
    const part = partNamed(name, all);
    if (part.recipe.kind !== "images") return [];
    return part.recipe.images.flatMap((image) => {
      const own = imageName(image, part, all);
      return (image.inNode ?? [own]).map((inNode) => `${own}=${inNode}`);
    });
  });
}
