import type { Stop } from "./plan.ts";
import { nameOf } from "./plan.ts";

/** Seconds that steps took in earlier tours, by `scenario/step`. */
export type KnownTimes = Readonly<Record<string, number>>;

/** Seconds for a step of which nothing is known, waits by nature apart. */
const guess = 20;

/** Seconds a stop will take: what it took last time, else the middle of what others took, else a guess. */
export function expectedSeconds(stop: Stop, known: KnownTimes): number {
  const before = known[nameOf(stop)];
  if (before !== undefined) return before;
  const times = Object.values(known).toSorted((a, b) => a - b);
  const typical = times[Math.floor(times.length / 2)] ?? guess;
  return typical + (stop.step.waitSeconds ?? 0);
}

/** Seconds for all of them. */
export function expectedTotal(stops: readonly Stop[], known: KnownTimes): number {
  return stops.reduce((sum, stop) => sum + expectedSeconds(stop, known), 0);
}
