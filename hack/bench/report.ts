import type { Goal } from "./goals.ts";
import { judge, medianOf } from "./goals.ts";
import { measures } from "./measures.ts";
import type { MeasureId, Samples } from "./measures.ts";
import { ratio } from "./statistics.ts";

/** Where it was measured: times of another machine can't be compared with these. */
export interface MachineFacts {
  readonly cpus: number;
  readonly memoryGiB: number;
  /** Such as "docker 20.10.24". */
  readonly engine: string;
  /** Load average of the last minute before the first run: on an idle machine near 0. */
  readonly load: number;
  /** Where tools and images came from. */
  readonly supply: string;
}

type ByMeasure<T> = Readonly<Partial<Record<MeasureId, T>>>;

/** The results as `--json` writes them. Times are seconds. */
export interface BenchReport {
  readonly machine: MachineFacts;
  readonly runs: number;
  readonly samples: ByMeasure<readonly number[]>;
  readonly medians: ByMeasure<number>;
  /** Medians of Pulumi's measures, of the same by hand: `destroy` of byHandDelete, all others of byHand. */
  readonly ratios: ByMeasure<number>;
  readonly goals: readonly Goal[];
}

/** Ids of what is compared with the lab built by hand. */
const compared = ["coldUp", "coldUpAnswering", "noOpUp", "preview", "switch"] as const;

/** Puts the results together. Measures without samples are left out. */
export function benchReport(machine: MachineFacts, runs: number, samples: Samples): BenchReport {
  const ids = (Object.keys(measures) as MeasureId[]).filter((id) => samples[id] !== undefined);
  const against = (id: MeasureId, base: MeasureId): [MeasureId, number][] => {
    const [part, whole] = [medianOf(samples, id), medianOf(samples, base)];
    return part === undefined || whole === undefined ? [] : [[id, ratio(part, whole)]];
  };
  return {
    machine,
    runs,
    samples: byMeasure(
      ids.map((id) => [id, (samples[id] ?? []).map(({ seconds }) => toMs(seconds))]),
    ),
    medians: byMeasure(ids.map((id) => [id, toMs(medianOf(samples, id) ?? 0)])),
    ratios: byMeasure([
      ...compared.flatMap((id) => against(id, "byHand")),
      ...against("destroy", "byHandDelete"),
    ]),
    goals: judge(samples),
  };
}

function byMeasure<T>(entries: readonly (readonly [MeasureId, T])[]): ByMeasure<T> {
  return Object.fromEntries(entries);
}

/** Seconds to the millisecond: more digits mean nothing. */
function toMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
