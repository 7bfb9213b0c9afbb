import type { Part } from "./part.ts";

/** A program whose main package is the root of its module. */
export function program(name: string, version: string, module: string, wrapper: string): Part {
  return {
    name,
    version,
    from: `built from Go module ${module}@v${version}`,
    recipe: { kind: "go", wrapper, packages: [module], output: name },
  };
}
