import type { Part } from "./part.ts";

/**
 * An image registry, for the tests' simulated internet. No lab has it, so it stands beside the table of parts.
 * @see https://distribution.github.io/distribution/
 */
export const registryPart: Part = {
  name: "registry",
  version: "3.1.2",
  from: "built from Go module github.com/distribution/distribution/v3@v3.1.2",
  recipe: {
    kind: "go",
    wrapper: "registry",
    packages: ["github.com/distribution/distribution/v3/cmd/registry"],
  },
};
