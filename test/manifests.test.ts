import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { images } from "../components/versions.ts";
import { matching } from "./support/matching.ts";

const manifests = globSync("manifests/**/*.{yaml,yml}").sort();
/** What Helm takes as values: no objects. */
const values = manifests.filter((file) => file.startsWith("manifests/istio/"));
const applied = manifests.filter((file) => !values.includes(file));

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
    expect(applied).toEqual(
      expect.arrayContaining([
        "manifests/addons/kiali.yaml",
        "manifests/addons/prometheus.yaml",
        "manifests/sleep.yaml",
      ]),
    );
    expect(values).toEqual(["manifests/istio/ingress-gateway.yaml", "manifests/istio/istiod.yaml"]);
  });

  it.each(manifests)("%s parses, without a key given twice", (file) => {
    for (const { errors, warnings } of parseAllDocuments(read(file))) {
      expect([...errors, ...warnings]).toEqual([]);
    }
  });

  it.each(applied)(
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

  it.each(applied)("%s: every image is one that is pinned in components/versions.ts", (file) => {
    const used = parseAllDocuments(read(file)).flatMap((document) =>
      below(document.toJS(), "image"),
    );
    for (const image of used) {
      expect(Object.values(images)).toContain(image);
      expect(image).toMatch(/:v?\d+\.\d+\.\d+$/);
    }
  });

  it.each(values)("%s: no image, hub or tag: the supply has them", (file) => {
    expect(read(file)).not.toMatch(/^\s*(image|hub|tag|repository):/m);
  });

  it("use every pinned image but the one that a component applies", () => {
    const text = applied.map(read).join("\n");
    expect(Object.entries(images).filter(([, image]) => !text.includes(image))).toEqual([
      ["httpbin", images.httpbin],
    ]);
  });

  it.each(manifests)("%s ends with one newline and has no tab", (file) => {
    expect(read(file)).toMatch(/[^\n]\n$/);
    expect(read(file)).not.toContain("\t");
  });
});

describe("shell scripts of components", () => {
  const scripts = globSync("components/**/*.sh").sort();

  it("are where the components look for them", () => {
    expect(scripts).toEqual([
      "components/cluster/create-kind-cluster.sh",
      "components/cluster/delete-kind-cluster.sh",
      "components/mesh/wait-for-istiod.sh",
    ]);
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
