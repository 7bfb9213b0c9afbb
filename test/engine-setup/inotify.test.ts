import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { inotifyPhase, tooLow } from "../../hack/engine/inotify.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inotify-"));
});

afterEach(async () => {
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true });
});

async function kernelHas(instances: number, watches: number): Promise<void> {
  await writeFile(join(folder, "max_user_instances"), `${instances}\n`);
  await writeFile(join(folder, "max_user_watches"), `${watches}\n`);
}

it.each([
  [
    { max_user_instances: 128, max_user_watches: 192_536 },
    ["max_user_instances", "max_user_watches"],
  ],
  [{ max_user_instances: 512, max_user_watches: 524_287 }, ["max_user_watches"]],
  [{ max_user_instances: 512, max_user_watches: 524_288 }, []],
  [{ max_user_instances: undefined, max_user_watches: undefined }, []],
])("%j: too low are %j", (values, low) => {
  expect(tooLow(values)).toEqual(low);
});

it("raises what is too low, says so, and leaves what is high enough", async () => {
  await kernelHas(128, 1_000_000);
  const phase = inotifyPhase(folder);
  const said: string[] = [];
  expect(await phase.done()).toBe(false);
  await phase.run((line) => said.push(line));
  expect(said).toEqual(["fs.inotify.max_user_instances = 512"]);
  expect(await readFile(join(folder, "max_user_instances"), "utf8")).toBe("512\n");
  expect(await readFile(join(folder, "max_user_watches"), "utf8")).toBe("1000000\n");
  expect(await phase.done()).toBe(true);
});

it("has nothing to do where the kernel has no such settings", async () => {
  expect(await inotifyPhase(join(folder, "none")).done()).toBe(true);
});
