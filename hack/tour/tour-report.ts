import type { Result } from "../proof/run-proof.ts";
import type { Chart } from "./charts.ts";
import type { StepObjects } from "./step-objects.ts";

/** How a step of the tour ended. */
export type StepStatus = "passed" | "failed" | "skipped";

/** How many rows, or steps, ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** One step of a finished or running tour. Times are seconds of wall clock. */
export interface TourStep {
  readonly scenario: string;
  readonly step: string;
  readonly title: string;
  readonly about: string;
  readonly status: StepStatus;
  /** Whether the step's proof failed before the step was applied; null where nobody looked. */
  readonly failedBefore: boolean | null;
  /** The row that failed before, and what it saw; empty where none did. */
  readonly before: string;
  /** Why its proof may pass before; empty where it must fail. */
  readonly sameEffectAs: string;
  readonly results: readonly Result[];
  readonly summary: Counts;
  readonly applySeconds: number;
  readonly proofSeconds: number;
  /** Of the rows that change the lab for a moment, which `pulumi up` leaves out. */
  readonly disruptSeconds: number;
  readonly previewSeconds: number;
  /** Seconds its proof waits by nature. */
  readonly waitSeconds: number;
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
  /** Everything that was not as it should be, one a line; of a skipped step its reason; else empty. */
  readonly error: string;
  /** Shares of traffic and latencies that its rows saw. */
  readonly charts: readonly Chart[];
  /** What was deployed, without what is secret; absent where it could not be asked. */
  readonly objects?: StepObjects;
}

/** What a whole tour comes to. */
export interface TourSummary extends Counts {
  /** Wall clock of all steps, with the proofs before and the previews; of a resumed tour, over all its runs. */
  readonly seconds: number;
  /** Apply and proof together, over the passed steps; null where there is none. */
  readonly medianSwitchSeconds: number | null;
  readonly worstSwitchSeconds: number | null;
}

/** What `--json FILE` writes. */
export interface TourReport {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Steps that were to be walked. */
  readonly planned: number;
  /** Seed of a random walk. */
  readonly seed?: number;
  /** Kind of supply: "official", "registry-only". */
  readonly supply: string;
  /** Version by part of the supply. */
  readonly versions: Readonly<Record<string, string>>;
  /** What the supply can't do, with the reason. */
  readonly limits: Readonly<Record<string, string>>;
  readonly steps: readonly TourStep[];
  readonly summary: TourSummary;
}

/** Apply and proof of a step together: from the switch until it is proven. */
export function switchSeconds({
  applySeconds,
  proofSeconds,
}: Pick<TourStep, "applySeconds" | "proofSeconds">): number {
  return applySeconds + proofSeconds;
}

/** `scenario/step`. */
export function stepName({ scenario, step }: Pick<TourStep, "scenario" | "step">): string {
  return `${scenario}/${step}`;
}

/** Counts by status. */
export function countStatuses(items: readonly { readonly status: StepStatus }[]): Counts {
  const count = (status: StepStatus): number =>
    items.filter((item) => item.status === status).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

/**
 * Sums a tour up.
 * @param seconds wall clock
 */
export function summarize(steps: readonly TourStep[], seconds: number): TourSummary {
  const switches = steps
    .filter(({ status }) => status === "passed")
    .map(switchSeconds)
    .toSorted((a, b) => a - b);
  const [low, high] = [
    switches[Math.floor((switches.length - 1) / 2)],
    switches[Math.floor(switches.length / 2)],
  ];
  return {
    ...countStatuses(steps),
    seconds: toTenth(seconds),
    medianSwitchSeconds: low === undefined || high === undefined ? null : toTenth((low + high) / 2),
    worstSwitchSeconds: switches.length === 0 ? null : toTenth(switches.at(-1) ?? 0),
  };
}

/** Seconds to the tenth: more digits mean nothing here. */
export function toTenth(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
