import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { istioVersion, tools } from "../../components/versions.ts";
import { commands } from "../../hack/registry-only/commands.ts";
import { bakedNames, imageName, imagesOf } from "../../hack/registry-only/image-names.ts";
import type { GoRecipe, Part } from "../../hack/registry-only/part.ts";
import { parts } from "../../hack/registry-only/parts.ts";
import { filesOf, needsOf, partNamed, room } from "../../hack/registry-only/recipe-hash.ts";

const names = parts.map((part) => part.name);
const goParts = parts.flatMap((part) =>
  part.recipe.kind === "go" ? [{ part, recipe: part.recipe }] : [],
);

function goMod(recipe: GoRecipe): string {
  return readFileSync(join(room, "go", recipe.wrapper, "go.mod"), "utf8");
}

describe("the table of parts", () => {
  it("has every name once", () => {
    expect([...new Set(names)]).toEqual(names);
  });

  it.each(parts.map((part): [string, Part] => [part.name, part]))(
    "%s: what it needs stands before it, and its recipe files are there",
    (name, part) => {
      const before = names.slice(0, names.indexOf(name));
      expect(needsOf(part.recipe).filter((need) => !before.includes(need))).toEqual([]);
      expect(filesOf(part.recipe).filter((file) => !existsSync(join(room, file)))).toEqual([]);
    },
  );

  it.each(goParts.map(({ part, recipe }) => [part.name, part, recipe] as const))(
    "%s: says the module and version that its go.mod pins",
    (_name, part, recipe) => {
      const origin = /^built from Go module (\S+)@(\S+)( \(.+\))?$/.exec(part.from);
      if (origin === null) {
        expect(part.from).toBe(`stand-in: hack/registry-only/go/${recipe.wrapper}`);
        return;
      }
      expect(goMod(recipe)).toMatch(new RegExp(`\\s${origin[1]} ${origin[2]}(\\s|$)`, "m"));
    },
  );

  it.each(
    parts.flatMap(({ name, from, recipe }) =>
      recipe.kind === "sources" ? [[name, from, recipe.wrapper] as const] : [],
    ),
  )("%s: says the module and version that it is copied from", (_name, from, wrapper) => {
    const [, module, version] = /^\S+ of Go module (\S+)@(\S+)$/.exec(from) ?? [];
    const text = readFileSync(join(room, "go", wrapper, "go.mod"), "utf8");
    expect(text).toMatch(new RegExp(`\\s${module} ${version}(\\s|$)`, "m"));
  });

  it.each(goParts.map(({ part, recipe }) => [part.name, recipe] as const))(
    "%s: its packages are tools of its go.mod",
    (_name, recipe) => {
      const text = goMod(recipe);
      for (const name of recipe.packages) {
        if (name !== ".") expect(text).toMatch(new RegExp(`^(tool |\\t)${name}$`, "m"));
      }
    },
  );

  it("has the versions that the lab pins", () => {
    const version = (name: string): string => partNamed(name, parts).version;
    expect({
      pulumi: version("pulumi"),
      kind: version("kind"),
      kubectl: version("kubernetes"),
      istioctl: version("istio"),
    }).toEqual(tools);
    expect(version("istio-images")).toBe(istioVersion);
  });

  it("has every command of the lab's shell in a part", () => {
    expect(Object.values(commands).filter((part) => !names.includes(part))).toEqual([]);
  });
});

describe("the images", () => {
  it("go by the lab's own hub and a tag with the hash of their recipe", () => {
    const all = parts.flatMap((part) => imagesOf(part, parts));
    expect(new Set(all).size).toBe(all.length);
    for (const name of all) expect(name).toMatch(/^istio-lab\.local\/[a-z0-9-]+:\S+-[0-9a-f]{8}$/);
  });

  it("of Istio share one tag", () => {
    const tags = imagesOf(partNamed("istio-images", parts), parts).map(
      (name) => name.split(":")[1],
    );
    expect(tags).toHaveLength(2);
    expect(tags[0]).toBe(tags[1]);
  });

  it("have the names Kubernetes asks for inside the node only", () => {
    const part = partNamed("kubernetes-images", parts);
    const pause = imageName({ name: "pause" }, part, parts);
    expect(
      bakedNames(["kubernetes-images"], parts).filter((pair) => pair.includes("pause")),
    ).toEqual([`${pause}=registry.k8s.io/pause:3.10.1`, `${pause}=registry.k8s.io/pause:3.10`]);
    const [client] = imagesOf(partNamed("client-image", parts), parts);
    expect(bakedNames(["client-image"], parts)).toEqual([`${client}=${client}`]);
  });
});
