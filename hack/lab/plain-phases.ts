import type { Phase } from "../toolchain/phase.ts";

/** A long phase says what it is at this often, at most. */
const quietMs = 30_000;

/**
 * Runs phases with plain lines: one when a phase starts, one when it ends, and for a long one its
 * latest progress line every 30 s.
 * @param print takes one line
 * @param now a clock in milliseconds
 */
export async function runPlain(
  phases: readonly Phase[],
  print: (line: string) => void,
  now: () => number = () => performance.now(),
): Promise<void> {
  const start = now();
  const say = (text: string): void => {
    print(`[${((now() - start) / 1000).toFixed(1).padStart(6)} s] ${text}`);
  };
  for (const phase of phases) {
    if (await phase.done()) continue;
    const began = now();
    say(`${phase.title}: start`);
    let last = began;
    const report = (line: string): void => {
      if (now() - last < quietMs) return;
      last = now();
      say(`${phase.title}: ${line}`);
    };
    try {
      await phase.run(report);
    } catch (error) {
      say(`${phase.title}: failed after ${seconds(now() - began)}`);
      throw error;
    }
    say(`${phase.title}: done in ${seconds(now() - began)}`);
  }
}

/** Elapsed time for a reader: "4.2 s", "3 min 20 s". */
export function seconds(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
