import { getSystemErrorMap } from "node:util";
import { ExecaError } from "execa";

/** What the user can do, by the system's code. */
const advice: Readonly<Record<string, string>> = {
  ENOSPC:
    "Make room (docker system prune removes what no container uses, LAB_CACHE moves the lab's cache)",
  EDQUOT: "Make room within this user's quota",
  EACCES: "Give this user access to it",
  EPERM: "Give this user access to it",
  EROFS: "Make its file system writable",
  ENOTDIR: "A file is where a folder has to be: move it away",
  EEXIST: "Something else is in its place: move it away",
  EISDIR: "A folder is where a file has to be: move it away",
  ENOENT: "See whether it was moved or removed",
  EMFILE: "Raise the limit of open files (ulimit -n)",
  EIO: "Look at the disk: dmesg",
};

/** Longer commands are cut: most of their arguments say nothing to a reader. */
const commandLength = 160;

/**
 * What a fault of the system around the lab says in one line: what failed, on what, and what to do. Such are a file
 * that can't be written and a command that fails.
 * @returns undefined for any other error: it is a fault of the lab's own, and wants its stack trace
 */
export function systemFault(error: unknown): string | undefined {
  if (error instanceof ExecaError) return commandFault(error as ExecaError);
  if (!(error instanceof Error) || !("syscall" in error)) return undefined;
  const {
    syscall,
    code = "",
    errno,
    path,
    address,
  } = error as NodeJS.ErrnoException & {
    readonly address?: string;
  };
  if (syscall === undefined) return undefined;
  const [, meaning = error.message] = getSystemErrorMap().get(errno ?? 0) ?? [];
  const what = path ?? address;
  return (
    `can't ${syscall}${what === undefined || syscall.endsWith(what) ? "" : ` ${what}`}: ${meaning} (${code}). ` +
    `${advice[code] ?? "Mend that"}, then run this again: what was finished is kept.`
  );
}

function commandFault(error: ExecaError): string {
  const whole = error.escapedCommand.replaceAll(/\s+/g, " ");
  const command = whole.length > commandLength ? `${whole.slice(0, commandLength)}…` : whole;
  if (error.code === "ENOENT" && error.exitCode === undefined) {
    const [name = whole] = whole.split(" ");
    return `${command}: there is no ${name} on PATH. Install it, or run npm run setup, then run this again.`;
  }
  const how = error.timedOut
    ? "took too long"
    : error.signal !== undefined
      ? `was ended by ${error.signal}`
      : `failed (${error.exitCode === undefined ? (error.code ?? "not started") : `exit code ${error.exitCode}`})`;
  const said =
    lastLine(error.stderr) ?? lastLine(error.stdout) ?? lastLine(error.originalMessage) ?? "";
  return `${command} ${how}${said === "" ? "" : `: ${said}`}. Mend that, then run this again: what was finished is kept.`;
}

function lastLine(output: unknown): string | undefined {
  if (typeof output !== "string") return undefined;
  const line = output.trim().split("\n").at(-1)?.trim();
  return line === "" ? undefined : line;
}
