import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imagesByRole } from "../../hack/registry-only/role-images.ts";
import { partFolder } from "../../hack/registry-only/part-folder.ts";
import { parts } from "../../hack/registry-only/parts.ts";
import { partNamed } from "../../hack/registry-only/recipe-hash.ts";

const images = imagesByRole(parts);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-load-"));
  // What the images are made of is built, too.
  const cache = join(folder, "cache", "registry-only");
  mkdirSync(partFolder(partNamed("hello-app", parts), parts, cache), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A `docker` that notes its calls and has a node with these images; everything is built. */
function engine(inNode: readonly string[], importFails = false): void {
  writeFileSync(join(folder, "nodes"), "");
  writeFileSync(join(folder, "node"), inNode.map((name) => `${name}\n`).join(""));
  writeFileSync(
    join(folder, "docker"),
    `#!/bin/sh
echo "$@" >> '${folder}/calls'
case "$*" in
"ps "*) cat '${folder}/nodes' ;;
*" list --quiet") cat '${folder}/node' 2>/dev/null || { echo "no such container" >&2; exit 1; } ;;
"image inspect "*) ;;
"info "*) echo 'null linux/x86_64' ;;
"save "*) shift; printf '%s\\n' "$@" ;;
*" import "*) ${importFails ? "cat >/dev/null; echo 'no space left' >&2; exit 1" : `cat >> '${folder}/node'`} ;;
*) exit 1 ;;
esac
`,
  );
  chmodSync(join(folder, "docker"), 0o755);
}

function load(variables: Readonly<Record<string, string>>): Promise<{
  readonly code: number;
  readonly stderr: string;
}> {
  const { promise, resolve: done } = Promise.withResolvers<{ code: number; stderr: string }>();
  const env = {
    ...process.env,
    PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
    LAB_CACHE: join(folder, "cache"),
    ...variables,
  };
  execFile(process.execPath, [resolve("hack/images/load.ts")], { env }, (error, _out, stderr) => {
    done({ code: error === null ? 0 : Number(error.code), stderr });
  });
  return promise;
}

function calls(): string[] {
  return readFileSync(join(folder, "calls"), "utf8").split("\n").filter(Boolean);
}

describe("hack/images/load.ts", () => {
  it("asks the node once when it has everything", async () => {
    engine([images.hello1, "other:1"]);
    expect(await load({ NODE: "n", IMAGES: images.hello1 })).toEqual({ code: 0, stderr: "" });
    expect(calls().slice(1)).toEqual(["exec n ctr --namespace=k8s.io images list --quiet"]);
  });

  it("loads into every node of the cluster, and into no other", async () => {
    engine([]);
    writeFileSync(join(folder, "nodes"), "n mine\nother theirs\nn-worker mine\n");
    expect((await load({ NODE: "n", IMAGES: images.hello1 })).code).toBe(0);
    const loaded = calls().filter((call) => call.includes(" import "));
    expect(loaded.map((call) => call.split(" ")[2])).toEqual(["n", "n-worker"]);
  });

  it("loads what is missing, all in one go, and nothing twice", async () => {
    engine([images.fortio]);
    const wanted = [images.hello1, images.hello2, images.fortio].join(" ");
    const { code, stderr } = await load({ NODE: "n", IMAGES: wanted });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/load 2 images into n: done/) as string,
    });
    expect(calls().filter((call) => call.startsWith("save"))).toEqual([
      `save ${images.hello1} ${images.hello2}`,
    ]);
  });

  it("leaves the image of a mirror to the kubelet", async () => {
    engine([]);
    const mirrored = "mirror.example.org/hello:1";
    expect(await load({ NODE: "n", IMAGES: mirrored })).toEqual({ code: 0, stderr: "" });
    expect(calls().filter((call) => !call.startsWith("ps "))).toHaveLength(1);
  });

  it("refuses an image that can't be had: which, why, and what to do", async () => {
    engine([]);
    const { code, stderr } = await load({ NODE: "n", IMAGES: images.grafana });
    expect(code).toBe(1);
    expect(stderr).toBe(
      "images that can't be had from package registries: grafana (Grafana is published as images and releases only, " +
        "not in a package registry). Choose another scenario or step, or set imageRegistry to a registry that has them\n",
    );
  });

  it("says what the node said when it refuses them", async () => {
    engine([], true);
    const { code, stderr } = await load({ NODE: "n", IMAGES: images.hello1 });
    expect(code).toBe(1);
    expect(stderr).toContain(`loading ${images.hello1} into the kind node n failed: no space left`);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("says so when the node does not answer", async () => {
    engine([]);
    rmSync(join(folder, "node"));
    const { code, stderr } = await load({ NODE: "n", IMAGES: images.hello1 });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^the kind node n can't be asked for its images: no such container\. /);
  });
});
