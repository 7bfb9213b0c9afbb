import { commands } from "./commands.ts";
import type { Part } from "./part.ts";
import { needsOf, partNamed } from "./recipe-hash.ts";

/**
 * Parts of these names and all that they are made of, in the order of the table.
 * @throws Error when a name is not in it
 */
export function neededParts(names: readonly string[], all: readonly Part[]): readonly Part[] {
  const needed = new Set<string>();
  const need = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    needsOf(partNamed(name, all).recipe).forEach(need);
  };
  names.forEach(need);
  return all.filter(({ name }) => needed.has(name));
}

/** What every lab needs: its commands, the Gateway API, and the node with the images that are in it. The rest is built on demand. */
export function coreParts(all: readonly Part[]): readonly Part[] {
  return neededParts(["node-image", "gateway-api", ...Object.values(commands)], all);
}
