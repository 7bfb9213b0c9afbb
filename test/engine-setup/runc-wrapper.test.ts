import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const wrapper = fileURLToPath(
  new URL("../../hack/engine/runc-without-sys-resource.sh", import.meta.url),
);
let folder: string;

/** Runs the wrapper with a runc that only says what it was given. */
async function run(...args: string[]): Promise<string> {
  const result = await execa("sh", [wrapper, ...args], {
    env: { PATH: `${folder}:${process.env["PATH"] ?? ""}` },
  });
  return result.stdout;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "runc-"));
  await writeFile(join(folder, "runc"), '#!/bin/sh\necho "runc $*"\n');
  await chmod(join(folder, "runc"), 0o755);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe.skipIf(process.platform !== "linux")("the runc that leaves CAP_SYS_RESOURCE out", () => {
  it.each([
    [
      ["CAP_CHOWN", "CAP_SYS_RESOURCE", "CAP_SYSLOG"],
      ["CAP_CHOWN", "CAP_SYSLOG"],
    ],
    [["CAP_SYS_RESOURCE", "CAP_CHOWN"], ["CAP_CHOWN"]],
    [["CAP_CHOWN", "CAP_SYS_RESOURCE"], ["CAP_CHOWN"]],
    [["CAP_SYS_RESOURCE"], []],
    [["CAP_CHOWN"], ["CAP_CHOWN"]],
  ])("a bundle with %j gets %j", async (has, gets) => {
    const bundle = join(folder, "bundle");
    await mkdir(bundle);
    const config = (bounding: string[]): string =>
      JSON.stringify({ process: { capabilities: { bounding, effective: bounding } } });
    await writeFile(join(bundle, "config.json"), config(has));
    const said = await run("--root", "/run", "create", "--bundle", bundle, "name");
    expect(said).toBe(`runc --root /run create --bundle ${bundle} name`);
    expect(await readFile(join(bundle, "config.json"), "utf8")).toBe(config(gets));
  });

  it.each([
    ["apart", (file: string): string[] => ["exec", "--process", file, "name"]],
    ["joined", (file: string): string[] => ["exec", `--process=${file}`, "name"]],
  ])("an exec's process file gets the same, its option written %s", async (_how, args) => {
    const file = join(folder, "process.json");
    await writeFile(file, '{"capabilities":{"bounding":["CAP_CHOWN","CAP_SYS_RESOURCE"]}}');
    expect(await run(...args(file))).toBe(`runc ${args(file).join(" ")}`);
    expect(await readFile(file, "utf8")).toBe('{"capabilities":{"bounding":["CAP_CHOWN"]}}');
  });

  it("passes everything else on as it is", async () => {
    expect(await run("delete", "--force", "name")).toBe("runc delete --force name");
  });
});
