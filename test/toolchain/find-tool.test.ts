import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { findTool } from "../../hack/toolchain/find-tool.ts";
import { officialTools } from "../../hack/toolchain/official-tools.ts";
import type { OfficialTool } from "../../hack/toolchain/official-tools.ts";

const kind = officialTools({ os: "linux", arch: "x64" }).find(
  ({ name }) => name === "kind",
) as OfficialTool;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-path-"));
});

/** A folder with a `kind` that does this when asked for its version. */
function withKind(name: string, script: string, mode = 0o755): string {
  const bin = join(folder, name);
  mkdirSync(bin);
  writeFileSync(join(bin, "kind"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "kind"), mode);
  return bin;
}

it("takes one of the right version", async () => {
  const bin = withKind("a", "echo kind v0.33.1 go1.26 linux/amd64");
  expect(await findTool(kind, bin)).toEqual({ path: join(bin, "kind"), version: "0.33.1" });
});

it.each([
  ["of another version", "echo kind v0.20.0", 0o755],
  ["that fails", "echo kind v0.33.0; exit 1", 0o755],
  ["that says nothing", "true", 0o755],
  ["that can't be run", "echo kind v0.33.0", 0o644],
])("passes over one %s and takes the next", async (_, script, mode) => {
  const bad = withKind("bad", script, mode);
  const good = withKind("good", "echo kind v0.33.0");
  expect(await findTool(kind, bad)).toBeUndefined();
  expect(await findTool(kind, `${bad}:${good}`)).toEqual({
    path: join(good, "kind"),
    version: "0.33.0",
  });
});

it("does not look into the lab's own folder", async () => {
  const own = withKind("own", "echo kind v0.33.0");
  expect(await findTool(kind, own, [own])).toBeUndefined();
});
