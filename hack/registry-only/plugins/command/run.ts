import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** One run of a command. */
export interface Run {
  /** The command: the last argument of the interpreter. */
  readonly command: string;
  /** Program and first arguments. */
  readonly interpreter: readonly string[];
  /** Where it runs. */
  readonly dir: string;
  /** Its whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** What it reads; without it, nothing. */
  readonly stdin?: string | undefined;
  /** How a message names the command; a command that is a secret is not to be shown. */
  readonly shown: string;
  /** Ends the run, and with it everything that the command started. */
  readonly signal: AbortSignal;
  /** Called for each line while the command runs. */
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
}

/** What a command wrote, without the last line's end. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** Characters of output that the message of a failure shows: the message travels in a header. */
const shownTail = 8000;

/** Milliseconds between asking a cancelled command to end and ending it. */
const grace = 1000;

/**
 * Runs a command to its end, its background children's included as long as they hold its output.
 * @throws Error on a non-zero exit or a signal (with the exit code and the end of the output), on a
 * missing folder or interpreter, and when cancelled
 */
export async function run(options: Run): Promise<Output> {
  const found = await stat(options.dir).catch(() => undefined);
  if (!found?.isDirectory()) throw new Error(`dir: ${options.dir} is not a folder`);
  if (options.signal.aborted) throw new Error(`cancelled before running ${options.shown}`);
  return runToEnd(options);
}

async function runToEnd(options: Run): Promise<Output> {
  const { command, interpreter, dir, env, stdin, shown, signal, onLine } = options;
  const [program = "/bin/sh", ...args] = interpreter;
  const child = spawn(program, [...args, command], {
    cwd: dir,
    env,
    // A process group of its own, so that a cancellation reaches what the command started.
    detached: true,
    stdio: [stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  const ended = endOf(child);
  const all: Buffer[] = [];
  const [stdout, stderr] = (["stdout", "stderr"] as const).map((stream) =>
    collect(child[stream], all, (line) => {
      onLine(stream, line);
    }),
  );
  // A command need not read what it is given.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(stdin);

  let timer: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    killGroup(child, "SIGTERM");
    timer = setTimeout(() => {
      killGroup(child, "SIGKILL");
    }, grace);
  };
  signal.addEventListener("abort", cancel);
  const end = await ended.finally(() => {
    signal.removeEventListener("abort", cancel);
    clearTimeout(timer);
  });
  if (signal.aborted) killGroup(child, "SIGKILL");
  if (end === "exit status 0") return { stdout: text(stdout), stderr: text(stderr) };
  const reason = signal.aborted ? `cancelled (${end})` : end;
  throw new Error(`${reason}: running ${shown}:\n${tail(Buffer.concat(all).toString())}`);
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve(signal === null ? `exit status ${code ?? "unknown"}` : `signal ${signal}`);
    });
  });
}

function collect(stream: Readable | null, all: Buffer[], onLine: (line: string) => void): Buffer[] {
  const chunks: Buffer[] = [];
  if (stream === null) return chunks;
  stream.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    all.push(chunk);
  });
  createInterface({ input: stream }).on("line", onLine);
  return chunks;
}

function text(chunks: readonly Buffer[] = []): string {
  return Buffer.concat(chunks).toString().replace(/\n$/, "");
}

function tail(output: string): string {
  if (output.length <= shownTail) return output;
  const end = output.slice(-shownTail);
  return `[...]\n${end.slice(end.indexOf("\n") + 1)}`;
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Every process of the group has ended already.
  }
}
