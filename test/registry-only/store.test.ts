import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isStored, storeFolder } from "../../hack/registry-only/store.ts";

let cache: string;
let folder: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "parts-"));
  folder = join(cache, "registry-only", "tool-1.0.0-abc");
});

afterEach(async () => {
  await rm(cache, { recursive: true });
});

const put = (text: string) => (temporary: string) => writeFile(join(temporary, "tool"), text);
const stored = (): Promise<string> => readFile(join(folder, "tool"), "utf8");
const beside = (): Promise<string[]> => readdir(join(cache, "registry-only"));

it("is there with all that was put in, and with nothing beside it", async () => {
  expect(isStored(folder)).toBe(false);
  await storeFolder(folder, put("whole"));
  expect(isStored(folder)).toBe(true);
  expect(await stored()).toBe("whole");
  expect(await beside()).toEqual(["tool-1.0.0-abc"]);
});

it("is not there while it is being filled, nor after a failure", async () => {
  const build = storeFolder(folder, async (temporary) => {
    await writeFile(join(temporary, "tool"), "half");
    expect(isStored(folder)).toBe(false);
    throw new Error("disk full");
  });
  await expect(build).rejects.toThrow("disk full");
  expect(await beside()).toEqual([]);
});

it("clears away what a killed build left, and builds anew", async () => {
  await mkdir(`${folder}.part-killed`, { recursive: true });
  await writeFile(join(`${folder}.part-killed`, "tool"), "half");
  await mkdir(join(cache, "registry-only", "tool-1.0.0-other.part-live"));
  expect(isStored(folder)).toBe(false);
  await storeFolder(folder, put("whole"));
  expect(await stored()).toBe("whole");
  expect((await beside()).sort()).toEqual(["tool-1.0.0-abc", "tool-1.0.0-other.part-live"]);
});

it("is never built twice: not later, and not by two at once", async () => {
  let built = 0;
  const build = (): Promise<void> =>
    storeFolder(folder, async (temporary) => {
      built += 1;
      await put("once")(temporary);
    });
  await Promise.all([build(), build(), build()]);
  await build();
  expect(built).toBe(1);
  expect(await stored()).toBe("once");
});
