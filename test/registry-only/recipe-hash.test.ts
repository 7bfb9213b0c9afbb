import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Part } from "../../hack/registry-only/part.ts";
import { needsOf, recipeHash } from "../../hack/registry-only/recipe-hash.ts";

const tool: Part = {
  name: "tool",
  version: "1.0.0",
  from: "built from Go module example.com/tool@v1.0.0",
  recipe: { kind: "go", wrapper: "tool", packages: ["example.com/tool"] },
};
const image: Part = {
  name: "tool-image",
  version: "1.0.0",
  from: "an image",
  recipe: {
    kind: "images",
    images: [{ name: "tool", folder: "tool", files: [{ part: "tool", path: "tool" }] }],
  },
};
const all = [tool, image];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "recipes-"));
  for (const path of ["go/tool", "images/tool"])
    await mkdir(join(folder, path), { recursive: true });
  await writeFile(join(folder, "go/tool/go.mod"), "module a\n");
  await writeFile(join(folder, "images/tool/Dockerfile"), "FROM scratch\n");
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("the hash of a recipe", () => {
  it("is the same for the same recipe, whatever is said about where it is from", () => {
    const hash = recipeHash(tool, all, folder);
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect(recipeHash({ ...tool, from: "elsewhere" }, all, folder)).toBe(hash);
  });

  it.each<[string, () => Promise<void>]>([
    ["a file changes", () => writeFile(join(folder, "go/tool/go.mod"), "module b\n")],
    ["a file is added", () => writeFile(join(folder, "go/tool/main.go"), "package main\n")],
  ])("changes when %s, and that of what is made of it too", async (_what, change) => {
    const before = all.map((part) => recipeHash(part, all, folder));
    await change();
    const after = all.map((part) => recipeHash(part, all, folder));
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  it("leaves what a part is made of as it is", async () => {
    const before = recipeHash(tool, all, folder);
    await writeFile(join(folder, "images/tool/Dockerfile"), "FROM scratch\nUSER 1\n");
    expect(recipeHash(tool, all, folder)).toBe(before);
  });

  it("tells a moved line between two files from no move", async () => {
    await writeFile(join(folder, "go/tool/a"), "12");
    await writeFile(join(folder, "go/tool/b"), "3");
    const before = recipeHash(tool, all, folder);
    await writeFile(join(folder, "go/tool/a"), "1");
    await writeFile(join(folder, "go/tool/b"), "23");
    expect(recipeHash(tool, all, folder)).not.toBe(before);
  });

  it("changes with the version", () => {
    expect(recipeHash({ ...tool, version: "1.0.1" }, all, folder)).not.toBe(
      recipeHash(tool, all, folder),
    );
  });

  it("names a need that is not in the table", () => {
    expect(() => recipeHash(image, [image], folder)).toThrow('no part "tool" in the table');
  });
});

it("an image needs its base and the parts its files are from, each once", () => {
  expect(
    needsOf({
      kind: "images",
      images: [
        {
          name: "a",
          folder: "a",
          base: "base",
          files: [
            { part: "tool", path: "x" },
            { part: "tool", path: "y" },
          ],
        },
      ],
    }),
  ).toEqual(["base", "tool"]);
});
