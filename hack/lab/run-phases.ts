import type { Phase } from "../toolchain/phase.ts";
import { runLive } from "./live-phases.ts";
import { runPlain } from "./plain-phases.ts";

/** Of these phases, those that still have something to do, in order. All are asked at once. */
export async function unfinished(phases: readonly Phase[]): Promise<readonly Phase[]> {
  const done = await Promise.all(phases.map((phase) => phase.done()));
  return phases.filter((_, index) => done[index] !== true);
}

/**
 * Runs phases one after the other, each with its elapsed time: live on a terminal, else as plain lines.
 * A phase that an earlier one happened to finish is passed over.
 * @param out where it is shown: stderr, since some commands are read by a shell
 */
export async function runPhases(
  phases: readonly Phase[],
  out: NodeJS.WriteStream = process.stderr,
): Promise<void> {
  if (phases.length === 0) return;
  // A terminal without a size (some containers and CI) would break a live list into single letters.
  if (out.isTTY && out.columns >= 40) await runLive(phases, out);
  else await runPlain(phases, (line) => out.write(`${line}\n`));
}
