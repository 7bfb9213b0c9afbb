import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import lockfile from "proper-lockfile";
import { UserError } from "../toolchain/phase.ts";
import { workFolder } from "./places.ts";

/**
 * Runs `work` while no other benchmark runs on this machine; the lock of a killed one is free after ten seconds.
 * @throws UserError when another one is running
 */
export async function withBenchLock<T>(work: () => Promise<T>): Promise<T> {
  const folder = dirname(workFolder);
  mkdirSync(folder, { recursive: true });
  const release = await lockfile
    .lock(folder, {
      lockfilePath: `${workFolder}.lock`,
      stale: 10_000,
      retries: { retries: 12, factor: 1, minTimeout: 1000 },
      // Missed while the machine slept: times are spoilt, but nothing else is.
      onCompromised: () => undefined,
    })
    .catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "ELOCKED")) throw error;
      throw new UserError(
        "another benchmark runs on this machine: two at once would slow each other",
      );
    });
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}
