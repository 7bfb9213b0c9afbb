import { execa } from "execa";
import { UserError } from "../toolchain/phase.ts";

/** Where and how commands are run. */
export interface Surroundings {
  readonly folder: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the command in order: SIGINT, and SIGKILL for what is left a minute later. */
  readonly signal: AbortSignal;
}

/** Seconds after which a command is taken to hang. */
const patience = 600;

/** Lines of a failed command's output that are shown. */
const shownLines = 40;

/** How a command ended. */
export interface Timed {
  /** Wall clock. */
  readonly seconds: number;
  readonly stdout: string;
}

/**
 * Runs a command to its end.
 * @throws UserError with the end of its output when it fails, hangs or is interrupted
 */
export async function timedCommand(
  command: string,
  args: readonly string[],
  { folder, env, signal }: Surroundings,
  input = "",
): Promise<Timed> {
  signal.throwIfAborted();
  const start = performance.now();
  const child = execa(command, args, {
    cwd: folder,
    env,
    extendEnv: false,
    input,
    all: true,
    reject: false,
    // In a group of its own a terminal's Ctrl-C does not reach it a second time: Pulumi would then end at once.
    detached: true,
    cancelSignal: signal,
    killSignal: "SIGINT",
    forceKillAfterDelay: 60_000,
    timeout: patience * 1000,
  });
  const result = await child;
  if (result.exitCode === 0) {
    return { seconds: (performance.now() - start) / 1000, stdout: result.stdout };
  }
  killGroup(child.pid);
  signal.throwIfAborted();
  const ended =
    result.exitCode === undefined ? result.shortMessage : `exit code ${result.exitCode}`;
  const how = result.timedOut ? `did not end within ${patience} s` : ended;
  const output = result.all.split("\n").slice(-shownLines).join("\n");
  throw new UserError(`${[command, ...args].join(" ")}: ${how}\n${output}`);
}

/** What a killed command had started goes with it. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing was left.
  }
}
