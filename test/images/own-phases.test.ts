import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImageRole } from "../../components/versions.ts";
import { ownImagePhases } from "../../hack/images/own-phases.ts";
import { parts } from "../../hack/registry-only/parts.ts";
import { imagesByRole, rolesInNode } from "../../hack/registry-only/role-images.ts";

const path = process.env["PATH"];
const images = imagesByRole(parts);
const supply = { images, rolesInNode: rolesInNode(parts) };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-own-"));
  process.env["PATH"] = `${folder}${delimiter}${path ?? ""}`;
  writeFileSync(
    join(folder, "docker"),
    `#!/bin/sh
echo "$*" >> '${folder}/calls'
case "$1" in
image) shift 4; for name; do grep -qxF "$name" '${folder}/have' || exit 1; done ;;
exec) cat '${folder}/node' ;;
esac
`,
  );
  chmodSync(join(folder, "docker"), 0o755);
  for (const file of ["have", "node", "calls"]) writeFileSync(join(folder, file), "");
});
afterEach(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true });
});

function has(what: "have" | "node", ...roles: readonly ImageRole[]): void {
  writeFileSync(join(folder, what), roles.map((role) => `${images[role]}\n`).join(""));
}

async function titles(roles: readonly ImageRole[], node?: string): Promise<readonly string[]> {
  return (await ownImagePhases(supply, roles, node)).map(({ title }) => title);
}

function calls(): readonly string[] {
  return readFileSync(join(folder, "calls"), "utf8").split("\n").filter(Boolean);
}

describe("ownImagePhases", () => {
  it("asks the node once, and has nothing to do where it has all", async () => {
    has("node", "hello1", "hello2", "fortio");
    expect(await titles(["hello1", "hello2", "fortio"], "n")).toEqual([]);
    expect(calls().slice(1)).toEqual(["exec n ctr --namespace=k8s.io images list --quiet"]);
  });

  it("loads what the node lacks and the engine has, without asking for what it is made of", async () => {
    has("node", "hello1");
    has("have", "hello2", "fortio");
    expect(await titles(["hello1", "hello2", "fortio"], "n")).toEqual(["load 2 images into n"]);
    expect(calls().map((call) => call.split(" ")[0])).toEqual(["ps", "exec", "image"]);
  });

  it("builds what neither has, with what it is made of", async () => {
    const built = await titles(["fortio"], "n");
    expect(built.at(-1)).toBe("load 1 image into n");
    expect(built.filter((title) => / fortio/.test(title))).toEqual([
      expect.stringMatching(/^build fortio /) as string,
      expect.stringMatching(/^build fortio-image /) as string,
    ]);
  });

  it("is for the engine alone where no lab runs", async () => {
    has("have", "hello1");
    expect(await titles(["hello1"])).toEqual([]);
    expect(await titles(["hello1", "fortio"])).toContain(
      (await titles(["fortio"])).findLast((title) => title.startsWith("build fortio-image")),
    );
    expect(calls().filter((call) => call.startsWith("exec"))).toEqual([]);
  });

  it("leaves out what every node has, and what a mirror has", async () => {
    expect(await titles(["httpbin", "client"], "n")).toEqual([]);
    const mirrored = { ...supply, images: { ...images, hello1: "mirror.example.org/hello:1" } };
    expect(await ownImagePhases(mirrored, ["hello1"], "n")).toEqual([]);
    expect(calls()).toEqual([]);
  });
});
