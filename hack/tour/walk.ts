import { expectedSeconds } from "./expected-time.ts";
import type { KnownTimes } from "./expected-time.ts";
import type { Stop } from "./plan.ts";
import type { TourStep } from "./tour-report.ts";
import { Visitor } from "./visitor.ts";
import type { Visiting } from "./visitor.ts";

/** Told of how far a tour is. */
export interface TourProgress {
  /** @param expected seconds */
  begin(stop: Stop, index: number, expected: number): void;
  /** Such as "applying". */
  phase(what: string): void;
  end(stop: Stop, index: number, step: TourStep, seconds: number): void;
}

/** What a walk needs besides the stops. */
export interface Walk extends Visiting {
  readonly progress: TourProgress;
  /** Seconds of earlier tours. */
  readonly known: KnownTimes;
  /** Takes each step as soon as it is finished. */
  note(index: number, step: TourStep, seconds: number): void;
}

/**
 * Walks the stops; a step that fails does not stop it.
 * @param isDone stops that an earlier tour finished, by their place
 * @throws the signal's reason when it is aborted
 */
export async function walk(
  stops: readonly Stop[],
  isDone: (index: number) => boolean,
  walking: Walk,
): Promise<void> {
  const visitor = new Visitor(walking);
  for (const [index, stop] of stops.entries()) {
    if (isDone(index)) continue;
    walking.signal.throwIfAborted();
    walking.progress.begin(stop, index, expectedSeconds(stop, walking.known));
    const began = performance.now();
    const step = await visitor.visit(stop);
    const seconds = (performance.now() - began) / 1000;
    walking.note(index, step, seconds);
    walking.progress.end(stop, index, step, seconds);
  }
}
