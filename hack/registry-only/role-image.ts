import type { Part } from "./part.ts";

/** One program in an image of its own, for one role of the lab: part `<name>-image`. */
export function roleImage(name: string, version: string, part: string, program: string): Part {
  return {
    name: `${name}-image`,
    version,
    from: `image of ${part}, built on this machine`,
    recipe: { kind: "images", images: [{ name, folder: name, files: [{ part, path: program }] }] },
  };
}
