import { existsSync, readFileSync } from "node:fs";
import { execa } from "execa";
import { findCommands } from "../toolchain/find-tool.ts";
import { forbidsInstalling, lacksSysResource, releaseField } from "./decide.ts";
import type { EngineFacts } from "./decide.ts";

/** Long enough for an engine under load, short enough to be waited for. */
const askMs = 15_000;

/** Asks the engine and looks at the machine. Changes nothing. */
export async function engineFacts(): Promise<EngineFacts> {
  const [asked, dockerd] = await Promise.all([
    execa("docker", ["info", "--format", "{{.ServerVersion}} {{.DefaultRuntime}}"], {
      reject: false,
      timeout: askMs,
    }),
    findCommands("dockerd", `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`),
  ]);
  // Some clients exit 0 when no server answers, and say so on standard error.
  const [version, runtime] = asked.stdout.trim().split(" ");
  const answers = asked.exitCode === 0 && version !== undefined && /^\d/.test(version);
  return {
    answers,
    fault: asked.exitCode === undefined && !asked.timedOut ? undefined : asked.stderr,
    dockerHost: nonEmpty(process.env["DOCKER_HOST"]),
    installed: dockerd.length > 0,
    local: localEngine(),
    defaultRuntime: answers ? runtime : undefined,
    root: process.getuid?.() === 0,
    distribution: releaseField(read("/etc/os-release"), "ID"),
    systemd: existsSync("/run/systemd/system"),
    handsOff: forbidsInstalling(process.env["LAB_NO_INSTALL"]),
    lacksSysResource: thisMachineLacksSysResource(),
  };
}

/** True when an engine answers: all that `done` has to know. */
export async function engineAnswers(): Promise<boolean> {
  const asked = await execa("docker", ["version", "--format", "{{.Server.Version}}"], {
    reject: false,
    timeout: askMs,
  });
  return asked.exitCode === 0 && /^\d/.test(asked.stdout);
}

/** Whether containers of this machine can't be given CAP_SYS_RESOURCE. False where there is no /proc. */
export function thisMachineLacksSysResource(): boolean {
  return lacksSysResource(read("/proc/self/status"));
}

/** The process of a pid file, if it is a dockerd that runs here. */
export function runningDockerd(pidFile: string): number | undefined {
  const pid = Number.parseInt(read(pidFile), 10);
  if (!Number.isSafeInteger(pid)) return undefined;
  return read(`/proc/${pid}/comm`).trim() === "dockerd" ? pid : undefined;
}

/** Where dockerd says which process it is. */
export const pidFile = "/var/run/docker.pid";

function localEngine(): boolean {
  return (
    nonEmpty(process.env["DOCKER_HOST"]) === undefined && runningDockerd(pidFile) !== undefined
  );
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
