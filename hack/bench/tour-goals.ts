import { readFileSync } from "node:fs";
import { z } from "zod";
import { UserError } from "../toolchain/phase.ts";
import type { Goal } from "./goals.ts";
import type { BenchReport } from "./report.ts";
import { median } from "./statistics.ts";

/** The most seconds from a switch of scenario or step until it is proven, in the median. */
const switchGoal = 10;

/** Of what `npm run tour -- --json FILE` writes, the parts that are read. Times are seconds. */
const tourSchema = z.object({
  steps: z.array(
    z.object({
      scenario: z.string(),
      step: z.string(),
      status: z.enum(["passed", "failed", "skipped"]),
      applySeconds: z.number(),
      proofSeconds: z.number(),
      waitSeconds: z.number(),
    }),
  ),
  summary: z.object({ seconds: z.number() }),
});

/** How fast a tour was. Times are seconds. */
export interface TourTimes {
  /** Switches that count for the median: steps that passed, without those whose proof waits by nature. */
  readonly switches: number;
  readonly medianSwitch: number;
  /** Of all steps that passed, those that wait included. */
  readonly worstSwitch: number;
  /** `scenario/step` of the worst one. */
  readonly worst: string;
  /** What of the worst one is a wait by nature. */
  readonly worstWaits: number;
  /** The whole tour, with the proofs before and the previews. */
  readonly whole: number;
}

/**
 * Reads a tour's times.
 * @param text what the tour wrote
 * @param file its name, for the message
 * @throws UserError where it is no tour, or none of its switches counts for the median
 */
export function tourTimes(text: string, file: string): TourTimes {
  const tour = parsed(text, file);
  const passed = tour.steps
    .filter(({ status }) => status === "passed")
    .map(({ scenario, step, applySeconds, proofSeconds, waitSeconds }) => ({
      name: `${scenario}/${step}`,
      seconds: applySeconds + proofSeconds,
      waitSeconds,
    }))
    .toSorted((a, b) => b.seconds - a.seconds);
  const [worst] = passed;
  if (worst === undefined) throw new UserError(`--tour ${file}: no step of it passed`);
  const prompt = passed.filter(({ waitSeconds }) => waitSeconds === 0);
  if (prompt.length === 0) {
    throw new UserError(`--tour ${file}: every step of it that passed waits by nature`);
  }
  return {
    switches: prompt.length,
    medianSwitch: toTenth(median(prompt.map(({ seconds }) => seconds))),
    worstSwitch: toTenth(worst.seconds),
    worst: worst.name,
    worstWaits: worst.waitSeconds,
    whole: tour.summary.seconds,
  };
}

/** @throws UserError when it can't be read */
export function readTourTimes(file: string): TourTimes {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`--tour ${file} can't be read: ${(error as Error).message}`);
  }
  return tourTimes(text, file);
}

/** Judges the median switch. */
export function tourGoal(times: TourTimes): Goal {
  const { switches, medianSwitch, whole } = times;
  const met = medianSwitch <= switchGoal;
  return {
    name: "switch in a tour until proven, median",
    goal: switchGoal,
    measured: medianSwitch,
    met,
    timeGoesTo: met ? [] : [`${switches} switches; ${slowest(times)}; the whole tour ${whole} s`],
  };
}

/** The benchmark's results with those of a tour, where there is one. */
export function withTour(
  report: BenchReport,
  tour: TourTimes | undefined,
): BenchReport & { readonly tour?: TourTimes } {
  return tour === undefined
    ? report
    : { ...report, goals: [...report.goals, tourGoal(tour)], tour };
}

/** Such as "tour: 40 switches, median 7.1 s, slowest 14.0 s (egress/blocked); 480 s in all". */
export function tourLine(times: TourTimes): string {
  const { switches, medianSwitch, whole } = times;
  return `tour: ${switches} switches until proven, median ${medianSwitch.toFixed(1)} s, ${slowest(times)}; ${whole.toFixed(0)} s in all`;
}

function slowest({ worst, worstSwitch, worstWaits }: TourTimes): string {
  const wait = worstWaits === 0 ? "" : `, which waits ${worstWaits} s by nature`;
  return `slowest ${worstSwitch.toFixed(1)} s (${worst}${wait})`;
}

function parsed(text: string, file: string): z.infer<typeof tourSchema> {
  try {
    return tourSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError(
      `--tour ${file} is not the result of a tour: npm run tour -- --json ${file} writes one`,
    );
  }
}

function toTenth(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
