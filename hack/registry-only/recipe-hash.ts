import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ImageSpec, Part, Recipe } from "./part.ts";

/** Raised when the builder makes something else of an unchanged recipe. */
const builderRevision = 1;

/** This folder: what a recipe names is looked for in it. */
export const room = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

/** Names of the parts that a part is made of. */
export function needsOf(recipe: Recipe): readonly string[] {
  switch (recipe.kind) {
    case "maven":
      return unique(recipe.files.map((file) => file.part));
    case "images":
      return unique(recipe.images.flatMap(needsOfImage));
    case "node":
      return unique([...needsOfImage(recipe.image), ...recipe.bake]);
    default:
      return [];
  }
}

/** Files and folders of the room that a recipe is made of, relative to it. */
export function filesOf(recipe: Recipe): readonly string[] {
  switch (recipe.kind) {
    case "go":
    case "sources":
      return [`go/${recipe.wrapper}`];
    case "wheel":
      return [`requirements/${recipe.requirements}`];
    case "python":
      return [recipe.wheels, recipe.sources].map((file) => `requirements/${file}`);
    case "npm":
      return [`npm/${recipe.folder}`];
    case "maven":
      return [`java/${recipe.folder}`];
    case "plugins":
      // The lock file pins the libraries that are bundled in.
      return ["plugins", "../../package-lock.json"];
    case "debian":
      return [];
    case "images":
      return unique(recipe.images.map((image) => `images/${image.folder}`));
    case "node":
      return [`images/${recipe.image.folder}`];
  }
}

/**
 * The hash that tells one build of a part from another: its recipe, the contents of its recipe files, and the same
 * of all parts that it needs. 12 hexadecimal digits.
 * @param all the table the part's needs are looked up in
 * @param folder where recipe files are
 * @throws Error when a need or a file is missing
 */
export function recipeHash(part: Part, all: readonly Part[], folder: string = room): string {
  if (folder !== room) return hashOf(part, all, folder);
  const known = hashes.get(all) ?? new Map<string, string>();
  hashes.set(all, known);
  const hash = known.get(part.name) ?? hashOf(part, all, folder);
  known.set(part.name, hash);
  return hash;
}

/** By table and name: the room's own files are read once, they don't change while it works. */
const hashes = new WeakMap<readonly Part[], Map<string, string>>();

function hashOf(part: Part, all: readonly Part[], folder: string): string {
  const { name, version, recipe } = part;
  const hash = createHash("sha256");
  hash.update(JSON.stringify({ builderRevision, name, version, recipe, arch: process.arch }));
  for (const file of filesOf(recipe).flatMap((path) => filesUnder(folder, path))) {
    hash.update(`\n${file}\0`).update(readFileSync(join(folder, file)));
  }
  for (const need of needsOf(recipe)) {
    hash.update(`\n${need}\0${recipeHash(partNamed(need, all), all, folder)}`);
  }
  return hash.digest("hex").slice(0, 12);
}

/**
 * The part of that name.
 * @throws Error when there is none
 */
export function partNamed(name: string, all: readonly Part[]): Part {
  const found = all.find((part) => part.name === name);
  if (!found) throw new Error(`no part "${name}" in the table`);
  return found;
}

function needsOfImage(image: ImageSpec): readonly string[] {
  const base = image.base === undefined ? [] : [image.base];
  return [...base, ...image.files.map((file) => file.part)];
}

/** Sorted, so that the order a file system lists them in does not matter. */
function filesUnder(folder: string, path: string): readonly string[] {
  const full = join(folder, path);
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .filter((name) => name !== "node_modules")
    .sort()
    .flatMap((name) => filesUnder(folder, `${path}/${name}`));
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
