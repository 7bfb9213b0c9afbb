import { existsSync, readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { cacheDir } from "../../toolchain/paths.ts";
import { npmBinDir } from "../../toolchain/toolchain.ts";
import type { FreeSpace } from "./decide-machine.ts";

/** First line a command prints, or undefined when it is not there or fails. */
export async function firstLine(
  command: string,
  args: readonly string[],
): Promise<string | undefined> {
  const result = await execa(command, args, { reject: false, timeout: 10_000 });
  return result.exitCode === 0 ? result.stdout.split("\n")[0] : undefined;
}

/** Versions of npm and of the Node it runs on; npm tells its scripts both. */
export async function npmFacts(): Promise<{ readonly npm: string; readonly node: string }> {
  const agent = /npm\/(\S+) node\/(\S+)/.exec(process.env["npm_config_user_agent"] ?? "");
  if (agent) return { npm: agent[1] ?? "", node: agent[2] ?? "" };
  const npm = await firstLine("npm", ["--version"]);
  return { npm: npm ?? "none", node: process.version };
}

/** Version of the Node that npm installed for the lab. */
export async function packagedNode(): Promise<string> {
  return (await firstLine(join(npmBinDir, "node"), ["--version"])) ?? "none";
}

/** The kernel's inotify limits, where it has them. */
export function inotifyFacts(): { instances: number; watches: number } | undefined {
  const read = (name: string): number =>
    Number(readFileSync(`/proc/sys/fs/inotify/${name}`, "utf8"));
  try {
    return { instances: read("max_user_instances"), watches: read("max_user_watches") };
  } catch {
    return undefined;
  }
}

/** Free space where the lab's cache and the engine's images are. */
export async function freeSpace(): Promise<FreeSpace> {
  const root = await firstLine("docker", ["info", "--format", "{{.DockerRootDir}}"]);
  const paths = [cacheDir, ...(root === undefined || root === "" ? [] : [root])];
  const free: Record<string, number> = {};
  for (const path of paths) {
    // A virtual machine's path (Docker Desktop) is none here; a cache not made yet counts as its parent.
    if (path !== cacheDir && !existsSync(path)) continue;
    const { bavail, bsize } = await statfs(existing(path));
    free[path] = bavail * bsize;
  }
  return free;
}

function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path));
}
