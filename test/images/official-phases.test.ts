import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { officialSupply } from "../../components/supply.ts";
import { images } from "../../components/versions.ts";
import { officialImagePhases } from "../../hack/images/official-phases.ts";
import type { Phase } from "../../hack/toolchain/phase.ts";

const path = process.env["PATH"];
const pilot = "registry.istio.io/release/pilot:1.31.1";
const proxy = "registry.istio.io/release/proxyv2:1.31.1";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-pull-"));
  process.env["PATH"] = `${folder}${delimiter}${path ?? ""}`;
  // `have` and `node` list the images of the engine and of the node.
  command(
    "docker",
    `case "$1" in
image) shift 4; for name; do grep -qxF "$name" '${folder}/have' || exit 1; done ;;
pull) echo "$2" >> '${folder}/have' ;;
exec) cat '${folder}/node' ;;
esac`,
  );
  command(
    "kind",
    `case "$1" in
get) echo istio-control-plane ;;
load) shift 4; printf '%s\\n' "$@" >> '${folder}/node' ;;
esac`,
  );
  for (const file of ["have", "node"]) writeFileSync(join(folder, file), "");
});
afterEach(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true });
});

function command(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

function linesOf(file: string): string[] {
  return readFileSync(join(folder, file), "utf8").split("\n").filter(Boolean);
}

/** Runs the phases one after the other: none is done before, and each is after. */
async function run(phases: readonly Phase[]): Promise<void> {
  for (const phase of phases) {
    expect(await phase.done()).toBe(false);
    await phase.run(() => undefined);
    expect(await phase.done()).toBe(true);
  }
}

describe("officialImagePhases", () => {
  it("pulls the node's, Istio's and the roles' images, each once", async () => {
    await run(await officialImagePhases(officialSupply, ["httpbin"]));
    expect(linesOf("have")).toEqual([officialSupply.nodeImage, pilot, proxy, images.httpbin]);
    expect(await officialImagePhases(officialSupply, ["httpbin"])).toEqual([]);
  });

  it("pulls and loads what a cluster lacks of the roles' images", async () => {
    writeFileSync(join(folder, "node"), `${images.httpbin}\n`);
    const phases = await officialImagePhases(officialSupply, ["httpbin", "fortio"], "istio");
    expect(phases.map(({ title }) => title)).toEqual([
      `pull ${images.fortio}`,
      "load 1 image into istio",
    ]);
    await run(phases);
    expect(linesOf("have")).toEqual([images.fortio]);
    expect(linesOf("node")).toEqual([images.httpbin, images.fortio]);
  });

  it("has nothing to do where the cluster has all, or none is wanted", async () => {
    writeFileSync(join(folder, "node"), `${images.httpbin}\n`);
    expect(await officialImagePhases(officialSupply, ["httpbin"], "istio")).toEqual([]);
    expect(await officialImagePhases(officialSupply, [], "istio")).toEqual([]);
  });
});
