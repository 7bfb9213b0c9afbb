import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../toolchain/phase.ts";
import type { KnownTimes } from "./expected-time.ts";
import type { TourStep } from "./tour-report.ts";

/** What a tour notes after each step, so that a later one can go on from there. */
export interface SavedTour {
  /** ISO 8601. */
  readonly startedAt: string;
  /** `scenario/step` of every stop, in order. */
  readonly planned: readonly string[];
  readonly seed?: number;
  /** Wall clock of all runs so far. @default 0 */
  readonly seconds?: number;
  /** Finished steps by their place in `planned`. */
  readonly done: Readonly<Record<string, TourStep>>;
}

const schema = z.looseObject({
  startedAt: z.string(),
  planned: z.array(z.string()),
  seed: z.number().optional(),
  seconds: z.number().optional(),
  done: z.record(
    z.string(),
    z.looseObject({ scenario: z.string(), step: z.string(), status: z.string() }),
  ),
});

/** Where tours of a stack are noted. */
export interface TourNotes {
  /** @throws UserError when there is no tour to go on with */
  load(): SavedTour;
  save(tour: SavedTour): void;
  times(): KnownTimes;
  saveTimes(times: KnownTimes): void;
}

/** Notes in the folder of a stack, `<checkout>/.lab/<stack>`. */
export function tourNotes(folder: string): TourNotes {
  const tour = join(folder, "tour.json");
  const times = join(folder, "tour-times.json");
  return {
    load() {
      try {
        return schema.parse(JSON.parse(readFileSync(tour, "utf8"))) as unknown as SavedTour;
      } catch {
        throw new UserError("there is no tour to go on with: start one without --resume");
      }
    },
    save: (saved) => {
      write(tour, saved);
    },
    times() {
      try {
        return z.record(z.string(), z.number()).parse(JSON.parse(readFileSync(times, "utf8")));
      } catch {
        return {};
      }
    },
    saveTimes: (known) => {
      write(times, known);
    },
  };
}

/** In one go: a kill in the middle leaves the file as it was. */
function write(path: string, value: unknown): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(value)}\n`);
  renameSync(`${path}.new`, path);
}
