import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { scenarios } from "../components/scenarios/registry.ts";
import { images, type ImageRole } from "../components/versions.ts";
import { manifestFiles, valuesFiles } from "./support/manifest-files.ts";
import { matching } from "./support/matching.ts";

const read = (file: string): string => readFileSync(file, "utf8");

/** All values below a key, wherever it is. */
function below(value: unknown, key: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]: [string, unknown]) =>
    name === key ? [item] : below(item, key),
  );
}

describe("manifests", () => {
  it("are where they are looked for", () => {
    expect(manifestFiles).toContain("manifests/sleep.yaml");
    expect(valuesFiles).toEqual([
      "manifests/istio/ingress-gateway.yaml",
      "manifests/istio/istiod.yaml",
    ]);
  });

  it.each([...manifestFiles, ...valuesFiles])(
    "%s says first what it is, and parses, without a key given twice",
    (file) => {
      expect(read(file)).toMatch(/^# \S.{10,}\n/);
      for (const { errors, warnings } of parseAllDocuments(read(file))) {
        expect([...errors, ...warnings]).toEqual([]);
      }
    },
  );

  it.each(manifestFiles)(
    "%s: every document is an object with kind and name, none of them twice",
    (file) => {
      const objects = parseAllDocuments(read(file)).map(
        (document) => document.toJS() as Record<string, unknown>,
      );
      expect(objects.length).toBeGreaterThan(0);
      for (const object of objects) {
        expect(object).toMatchObject({
          apiVersion: matching(/^([a-z0-9.]+\/)?v\d+((alpha|beta)\d+)?$/),
          kind: matching(/^[A-Z][A-Za-z]+$/),
          metadata: { name: matching(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/) },
        });
      }
      const names = objects.map((object) => JSON.stringify([object["kind"], object["metadata"]]));
      expect([...new Set(names)]).toEqual(names);
    },
  );

  it.each(manifestFiles)("%s: every image is pinned in components/versions.ts", (file) => {
    const used = parseAllDocuments(read(file)).flatMap((document) =>
      below(document.toJS(), "image"),
    );
    expect(used.filter((image) => !(Object.values(images) as unknown[]).includes(image))).toEqual(
      [],
    );
  });

  it.each(valuesFiles)("%s: no image, hub or tag: the supply has them", (file) => {
    expect(read(file)).not.toMatch(/^\s*(image|hub|tag|repository):/m);
  });

  it("and the scenarios use every pinned image; MetalLB's are in a manifest of its own", () => {
    const text = manifestFiles.map(read).join("\n");
    const used = new Set<ImageRole>(scenarios.flatMap((scenario) => scenario.images ?? []));
    const unused = Object.entries(images).filter(
      ([role, image]) => !text.includes(image) && !used.has(role as ImageRole),
    );
    expect(unused.map(([role]) => role)).toEqual(["metallbController", "metallbSpeaker"]);
  });

  it.each([...manifestFiles, ...valuesFiles])("%s ends with one newline and has no tab", (file) => {
    expect(read(file)).toMatch(/[^\n]\n$/);
    expect(read(file)).not.toContain("\t");
  });
});

describe("shell scripts of components", () => {
  const scripts = globSync("components/**/*.sh").sort();

  it("are those that components name, and each one that they name is there", () => {
    const sources = globSync("components/**/*.ts").map(read).join("\n");
    const named = [...sources.matchAll(/[\w-]+\.sh(?=["\s])/g)].map(([name]) => name);
    expect([...new Set(named)].sort()).toEqual(scripts.map((script) => basename(script)).sort());
  });

  it.each(scripts)("%s parses", (script) => {
    expect(execFileSync("/bin/sh", ["-n", script], { encoding: "utf8" })).toBe("");
  });

  it.each(scripts)(
    "%s stops at a variable that is not set, and says first what it does",
    (script) => {
      expect(read(script)).toMatch(/^# [A-Z].*\n(# .*\n)*set -e?u\n/);
    },
  );
});
