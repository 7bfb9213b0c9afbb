import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Keeps Pulumi from logging all that each of its commands does, secrets included, to `logs` of its home, up to 500 MB.
 * It has no switch for that, but goes on without where it can't make the folder; a `pulumi up` with nothing to do then
 * takes a seventh less time. `--verbose` and `--logtostderr` log as ever.
 * @param home a Pulumi home of the lab's own, never the user's
 */
export function leaveOutLogs(home: string): void {
  const logs = join(home, "logs");
  const found = statSync(logs, { throwIfNoEntry: false });
  if (found?.isFile()) return;
  // What was logged before.
  if (found) rmSync(logs, { recursive: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(logs, "");
}
