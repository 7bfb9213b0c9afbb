import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { UserError } from "../toolchain/phase.ts";
import type { EngineFacts } from "./decide.ts";
import { engineAnswers, pidFile, runningDockerd } from "./facts.ts";

/** The engine outlives the checkout, and with it what it runs with. */
const home = "/var/lib/istio-lab";

/** What dockerd says when it was started by this room. */
export const engineLog = join(home, "dockerd.log");

/** Name of the runtime that leaves CAP_SYS_RESOURCE out. */
const runtimeName = "istio-lab";

/** The engine's first start makes its storage, which can take a while on a slow disk. */
const waitSeconds = 60;

/**
 * Starts the engine and waits until it answers.
 * @throws UserError when it does not within a minute
 */
export async function startEngine(
  facts: EngineFacts,
  report: (line: string) => void,
): Promise<void> {
  report("start the container engine");
  if (facts.systemd) await execa("systemctl", ["start", "docker"], { reject: false });
  else if (runningDockerd(pidFile) === undefined) await startByHand(facts.lacksSysResource, report);
  for (let second = 0; second < waitSeconds; second += 1) {
    if (await engineAnswers()) return;
    report(`wait until the container engine answers (${second} s)`);
    await sleep(1000);
  }
  throw new UserError(
    `the container engine did not start within ${waitSeconds} s: ${await lastWords(facts)}`,
  );
}

async function startByHand(withRuntime: boolean, report: (line: string) => void): Promise<void> {
  await mkdir(home, { recursive: true });
  // Left by an engine that was killed: its number may belong to another process by now, and dockerd refuses then.
  await rm(pidFile, { force: true });
  const log = await open(engineLog, "a");
  try {
    const runtime = withRuntime ? await runtimeArgs(report) : [];
    // Its own session and its own files: it goes on when this process ends, or its terminal.
    const child = spawn("dockerd", runtime, {
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      cwd: "/",
      env: { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` },
    });
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    child.unref();
  } finally {
    await log.close();
  }
}

async function runtimeArgs(report: (line: string) => void): Promise<readonly string[]> {
  report("no CAP_SYS_RESOURCE here: containers get a runc that leaves it out");
  const path = join(home, "runc-without-sys-resource");
  await copyFile(fileURLToPath(new URL("runc-without-sys-resource.sh", import.meta.url)), path);
  await chmod(path, 0o755);
  return ["--add-runtime", `${runtimeName}=${path}`, "--default-runtime", runtimeName];
}

async function lastWords(facts: EngineFacts): Promise<string> {
  if (facts.systemd) return "see `journalctl -u docker`";
  const text = await readFile(engineLog, "utf8").catch(() => "");
  return `${text.trim().split("\n").at(-1) ?? ""} (all of it in ${engineLog})`;
}
