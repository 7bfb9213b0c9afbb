import { mkdtempSync, rmdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { getSystemErrorMap } from "node:util";
import type { Fault } from "./faults.ts";

/** The folder of temporary files, and the variable that says so; none where it is the system's. */
function temporary(
  env: Readonly<Record<string, string | undefined>>,
): [string, string | undefined] {
  return [tmpdir(), ["TMPDIR", "TMP", "TEMP"].find((name) => env[name])];
}

/** What keeps this user's home from being used: Pulumi, kubectl and Helm keep files there, and wait for them in vain. */
export function homeFaults(): readonly Fault[] {
  const folder = homedir();
  const why = whyNot(folder);
  return why === undefined
    ? []
    : [
        {
          problem: `HOME: no file can be made in "${folder}" (${why})`,
          accepted: "a folder that this user may write to",
          fix: "export HOME=FOLDER",
        },
      ];
}

/** What keeps temporary files from being made: without them neither Pulumi nor a proof gets far. */
export function temporaryFaults(): readonly Fault[] {
  const [folder, variable] = temporary(process.env);
  const why = whyNot(folder);
  return why === undefined
    ? []
    : [
        {
          problem: `${variable ?? "temporary files"}: no file can be made in "${folder}" (${why})`,
          accepted: "a folder that this user may write to, with room",
          fix:
            variable === undefined
              ? "export TMPDIR=FOLDER"
              : `unset ${variable}, or export ${variable}=FOLDER`,
        },
      ];
}

/** Both, for what starts anything: plain Pulumi says nothing of them for minutes. */
export function placeFaults(): readonly Fault[] {
  return [...homeFaults(), ...temporaryFaults()];
}

// Tried and not asked: to root everything looks writable, a read-only file system and /proc too.
function whyNot(folder: string): string | undefined {
  try {
    rmdirSync(mkdtempSync(join(folder, ".istio-lab-")));
    return undefined;
  } catch (error) {
    const { errno = 0, message } = error as NodeJS.ErrnoException;
    return getSystemErrorMap().get(errno)?.[1] ?? message;
  }
}
