import { mkdirSync } from "node:fs";
import { join } from "node:path";
import lockfile from "proper-lockfile";
import { cacheDir } from "../toolchain/paths.ts";
import { UserError } from "../toolchain/phase.ts";

/** A holder that was killed is noticed after this long. */
const staleMs = 10_000;

/** A cold registry-only build takes well under this. */
const waitMs = 60 * 60_000;

/**
 * Lets one set-up at a time fill the cache that all checkouts share; others wait and say so.
 * @param folder whose lock it is; tests give their own
 */
export async function withSetUpLock<T>(
  work: () => Promise<T>,
  folder: string = cacheDir,
): Promise<T> {
  mkdirSync(folder, { recursive: true });
  const lock = (retries: lockfile.LockOptions["retries"]): Promise<() => Promise<void>> =>
    lockfile.lock(folder, {
      lockfilePath: join(folder, "set-up.lock"),
      stale: staleMs,
      retries,
      // Missed while the machine slept: the work itself is safe to run twice, so go on.
      onCompromised: () => undefined,
    });
  const release = await lock(0).catch((error: unknown) => {
    if (!isHeld(error)) throw error;
    process.stderr.write("another set-up is running on this machine: waiting for it\n");
    return lock({ retries: waitMs / 1000, factor: 1, minTimeout: 1000 }).catch((late: unknown) => {
      if (!isHeld(late)) throw late;
      throw new UserError(
        `another set-up still holds ${join(folder, "set-up.lock")}: end it first`,
      );
    });
  });
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}

function isHeld(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ELOCKED";
}
