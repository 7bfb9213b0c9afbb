import { execa } from "execa";
import { brief } from "./brief-text.ts";
import { clientEnvironment } from "./client-environment.ts";

/** What a process left behind. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a process is run. */
export interface RunOptions {
  /** @default nothing */
  readonly input?: string;
  readonly cwd?: string;
  /** Bytes as they are, one a character. @default "utf8" */
  readonly encoding?: "utf8" | "latin1";
  /** @default 30 */
  readonly timeoutSeconds?: number;
  /** All of its environment. @default see `clientEnvironment` */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a program to its end, whatever its exit code.
 * @throws Error when it can't be started, or does not end in time
 */
export async function runProcess(
  file: string,
  args: readonly string[],
  { input, cwd, encoding = "utf8", timeoutSeconds = 30, env }: RunOptions = {},
): Promise<Ran> {
  const ran = await execa(file, args, {
    reject: false,
    encoding,
    stripFinalNewline: false,
    timeout: timeoutSeconds * 1000,
    env: { ...(env ?? clientEnvironment(file, process.env)) },
    extendEnv: false,
    ...(input === undefined ? { stdin: "ignore" } : { input }),
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (ran.timedOut) throw new Error(`${file} did not end within ${timeoutSeconds} seconds`);
  if (ran.exitCode === undefined)
    throw new Error(`${file} could not be run: ${brief(ran.shortMessage ?? "unknown fault", 200)}`);
  return { exitCode: ran.exitCode, stdout: ran.stdout, stderr: ran.stderr };
}
