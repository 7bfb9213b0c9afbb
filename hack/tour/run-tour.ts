import type { Scenario } from "../../components/scenarios/scenario.ts";
import { UserError } from "../toolchain/phase.ts";
import type { TourOptions } from "./options.ts";
import { chooseStops, nameOf, stopsNamed, unmetNeed } from "./plan.ts";
import type { Stop } from "./plan.ts";
import { randomWalk } from "./random-walk.ts";
import type { SavedTour, TourNotes } from "./saved-tour.ts";
import { summarize } from "./tour-report.ts";
import type { TourReport, TourStep } from "./tour-report.ts";
import type { TourLab } from "./tour-lab.ts";
import { walk } from "./walk.ts";
import type { TourProgress } from "./walk.ts";

/** A tour that is planned: its stops, and what is done of it. */
export interface Planned {
  readonly stops: readonly Stop[];
  readonly saved: SavedTour;
}

/**
 * Plans a tour by its options, or goes on with the saved one: there a step that failed is walked again.
 * @throws UserError for an id that is not there, and when there is no tour to go on with
 */
export function planTour(
  scenarios: readonly Scenario[],
  options: Pick<TourOptions, "scenario" | "step" | "resume" | "random" | "seed">,
  { lab, notes, now }: { readonly lab: TourLab; readonly notes: TourNotes; readonly now: Date },
): Planned {
  if (options.resume) {
    const before = notes.load();
    const passed = Object.entries(before.done).filter(([, { status }]) => status !== "failed");
    const saved = { ...before, done: Object.fromEntries(passed) };
    return { stops: stopsNamed(scenarios, before.planned), saved };
  }
  const chosen = chooseStops(scenarios, options);
  const seed = options.random === undefined ? undefined : (options.seed ?? now.getTime() % 1e9);
  const stops = seed === undefined ? chosen : walkOf(chosen, options.random ?? 0, seed, lab);
  const planned = stops.map(nameOf);
  const saved = {
    startedAt: now.toISOString(),
    planned,
    ...(seed === undefined ? {} : { seed }),
    done: {},
  };
  return { stops, saved };
}

/** The stops that are still to be walked, and that this lab can walk. */
export function stopsAhead({ stops, saved }: Planned, { outputs }: TourLab): readonly Stop[] {
  return stops.filter(
    (stop, index) => saved.done[index] === undefined && unmetNeed(stop, outputs) === undefined,
  );
}

/** A random walk over what this lab can walk, from where it is. */
function walkOf(
  chosen: readonly Stop[],
  moves: number,
  seed: number,
  { outputs }: TourLab,
): readonly Stop[] {
  const possible = chosen.filter((stop) => unmetNeed(stop, outputs) === undefined);
  const deployed = possible.find((stop) => nameOf(stop) === `${outputs.scenario}/${outputs.step}`);
  return randomWalk(possible, moves, seed, deployed);
}

/** What {@link runTour} needs besides the plan. */
export interface Touring {
  readonly scenarios: readonly Scenario[];
  readonly lab: TourLab;
  readonly options: Pick<
    TourOptions,
    "before" | "preview" | "disrupt" | "deadline" | "hold" | "only"
  >;
  readonly notes: TourNotes;
  readonly progress: TourProgress;
  readonly signal: AbortSignal;
}

/**
 * Walks what is left of a planned tour and notes every step.
 * @returns the report, of what was done when the signal ended it
 * @throws UserError when there is nothing to walk
 */
export async function runTour({ stops, saved }: Planned, touring: Touring): Promise<TourReport> {
  if (stops.length === 0) throw new UserError("there is no step to walk");
  const { scenarios, lab, options, notes, progress, signal } = touring;
  const began = performance.now();
  const soFar = (): number => (saved.seconds ?? 0) + (performance.now() - began) / 1000;
  let tour = saved;
  let known = notes.times();
  notes.save(tour);
  try {
    await walk(stops, (index) => saved.done[index] !== undefined, {
      ...{ scenarios, lab, progress, known, signal },
      rules: {
        // A walk comes back to where it was: what is seen before a move says nothing there.
        before: options.before && saved.seed === undefined,
        preview: options.preview,
        ...(options.only === undefined ? {} : { only: options.only }),
        proof: {
          noDisrupt: !options.disrupt,
          holdSeconds: options.hold,
          ...(options.deadline === undefined ? {} : { deadlineSeconds: options.deadline }),
        },
      },
      note(index, step, seconds) {
        tour = { ...tour, seconds: soFar(), done: { ...tour.done, [index]: step } };
        notes.save(tour);
        if (step.status !== "passed" || options.only !== undefined) return;
        known = { ...known, [`${step.scenario}/${step.step}`]: Math.round(seconds * 10) / 10 };
        notes.saveTimes(known);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  tour = { ...tour, seconds: soFar() };
  notes.save(tour);
  return report(tour, lab);
}

function report(tour: SavedTour, { outputs }: TourLab): TourReport {
  const steps = tour.planned.flatMap((_, index): readonly TourStep[] => {
    const step = tour.done[index];
    return step === undefined ? [] : [step];
  });
  return {
    startedAt: tour.startedAt,
    finishedAt: new Date().toISOString(),
    planned: tour.planned.length,
    ...(tour.seed === undefined ? {} : { seed: tour.seed }),
    supply: outputs.supply.kind,
    versions: outputs.supply.parts,
    limits: outputs.supply.limits,
    steps,
    summary: summarize(steps, tour.seconds ?? 0),
  };
}

/** Such as "40 passed, 1 failed, 2 skipped of 43 in 8 min 3 s; switch to proven: median 7.2 s, slowest 14.1 s". */
export function tourLine({ planned, seed, summary }: TourReport, time: string): string {
  const {
    passed,
    failed,
    skipped,
    medianSwitchSeconds: median,
    worstSwitchSeconds: worst,
  } = summary;
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped of ${planned} in ${time}`;
  const switches =
    median === null || worst === null
      ? ""
      : `; switch to proven: median ${median.toFixed(1)} s, slowest ${worst.toFixed(1)} s`;
  return `${counts}${switches}${seed === undefined ? "" : `; seed ${seed}`}`;
}
