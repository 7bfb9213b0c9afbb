import { readFileSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { UserError } from "../toolchain/phase.ts";

/** Who holds a lock of Pulumi's file backend. */
interface Holder {
  readonly file: string;
  readonly pid: number;
  readonly hostname: string;
}

/**
 * Makes the stack free to work on: a lock whose Pulumi was killed is removed, and a Pulumi that is
 * still at work (the rest of a killed `npm run up`, or another terminal) is waited for.
 * @param state folder of the file backend, such as `.lab/state`
 * @param say takes the one line said before a wait
 * @throws UserError when the other one is still at it after `waitMs`
 */
export async function freeStackLock(
  state: string,
  project: string,
  stack: string,
  say: (line: string) => void,
  waitMs = 15 * 60_000,
): Promise<void> {
  const folder = join(state, ".pulumi", "locks", "organization", project, stack);
  const deadline = Date.now() + waitMs;
  let said = false;
  for (;;) {
    const alive = holders(folder).filter((holder) => {
      if (isAlive(holder)) return true;
      removeLock(holder.file);
      return false;
    });
    const [other] = alive;
    if (!other) return;
    const who = `pulumi (pid ${other.pid} on ${other.hostname})`;
    if (Date.now() >= deadline) {
      throw new UserError(
        `the stack "${stack}" is locked by ${who}: wait for it or end it, then run this again; ` +
          "if it is gone already, pulumi cancel removes its lock",
      );
    }
    if (!said) say(`${who} is at work on the stack "${stack}": waiting for it`);
    said = true;
    await setTimeout(Math.min(500, waitMs));
  }
}

function holders(folder: string): readonly Holder[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => {
      const file = join(folder, name);
      try {
        const { pid, hostname: host } = JSON.parse(readFileSync(file, "utf8")) as Holder;
        return [{ file, pid, hostname: host }];
      } catch {
        // Gone since, or cut by a kill in the middle of writing it.
        return [{ file, pid: 0, hostname: hostname() }];
      }
    });
}

/** Whether the holder may still be at work; of another machine's nobody here can know. */
function isAlive(holder: Holder): boolean {
  if (holder.hostname !== hostname()) return true;
  if (holder.pid === 0) return false;
  return commandOf(holder.pid)?.includes("pulumi") ?? false;
}

// A pid alone is not enough: after a restart it may be anybody's.
function commandOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    if (process.platform === "linux") return undefined;
    try {
      process.kill(pid, 0);
      return "pulumi";
    } catch {
      return undefined;
    }
  }
}

function removeLock(file: string): void {
  rmSync(file, { force: true });
  rmSync(`${file}.attrs`, { force: true });
}
