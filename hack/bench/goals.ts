import type { MeasureId, Samples } from "./measures.ts";
import { moves } from "./measures.ts";
import { median, nearest, ratio } from "./statistics.ts";

/** A goal and whether it is met. */
export interface Goal {
  readonly name: string;
  /** The most it may be: seconds, or a share where the name says "of by hand". */
  readonly goal: number;
  readonly measured: number;
  readonly met: boolean;
  /** Where the time of a typical sample goes, one line each; empty where the goal is met. */
  readonly timeGoesTo: readonly string[];
}

/** The most seconds that each may take. */
const limits = [
  { name: "pulumi up with nothing to do", id: "noOpUp", goal: 4 },
  { name: "pulumi preview", id: "preview", goal: 4.5 },
  { name: "switch of a step, median of all moves", id: "switch", goal: 6 },
  { name: "pulumi destroy", id: "destroy", goal: 4 },
] as const satisfies readonly {
  readonly name: string;
  readonly id: MeasureId;
  readonly goal: number;
}[];

/** The part of the time by hand that a cold, proven `up` may take. */
const shareOfByHand = 0.8;

/** Judges every goal by medians. Goals whose measures have no samples are left out. */
export function judge(samples: Samples): readonly Goal[] {
  const slowest = slowestMove(samples);
  return [
    ...coldUpGoal(samples),
    ...limits.flatMap(({ name, id, goal }) => secondsGoal(samples, name, id, goal)),
    ...(slowest ? secondsGoal(samples, "switch of a step, slowest move", slowest, 6) : []),
  ];
}

function coldUpGoal(samples: Samples): readonly Goal[] {
  const [byHand, coldUp] = [medianOf(samples, "byHand"), medianOf(samples, "coldUp")];
  if (byHand === undefined || coldUp === undefined) return [];
  const measured = ratio(coldUp, byHand);
  const met = measured <= shareOfByHand;
  return [
    {
      name: "cold pulumi up until proven, of by hand",
      goal: shareOfByHand,
      measured,
      met,
      timeGoesTo: met ? [] : goesTo(samples, "coldUp", coldUp),
    },
  ];
}

function secondsGoal(samples: Samples, name: string, id: MeasureId, goal: number): readonly Goal[] {
  const measured = medianOf(samples, id);
  if (measured === undefined) return [];
  const met = measured <= goal;
  return [
    {
      name,
      goal,
      measured: Math.round(measured * 100) / 100,
      met,
      timeGoesTo: met ? [] : goesTo(samples, id, measured),
    },
  ];
}

function slowestMove(samples: Samples): MeasureId | undefined {
  return moves
    .map(({ id }) => id)
    .filter((id) => samples[id] !== undefined)
    .toSorted((a, b) => (medianOf(samples, b) ?? 0) - (medianOf(samples, a) ?? 0))[0];
}

function goesTo(samples: Samples, id: MeasureId, typical: number): readonly string[] {
  return nearest(samples[id] ?? [], ({ seconds }) => seconds, typical)?.goesTo ?? [];
}

/** Median of a measure's samples in seconds; nothing when there are none. */
export function medianOf(samples: Samples, id: MeasureId): number | undefined {
  const taken = samples[id] ?? [];
  return taken.length === 0 ? undefined : median(taken.map(({ seconds }) => seconds));
}
