import type { Expectation } from "../../components/scenarios/expectation.ts";
import { quoted } from "../proof/brief-text.ts";
import type { Result } from "../proof/run-proof.ts";

/** One bar: what was measured, and the bounds it has to be within. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** What the whole width stands for. */
  readonly whole: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** The bars of one row of a proof. */
export interface Chart {
  /** Name of the row. */
  readonly row: string;
  readonly unit: "answers" | "seconds";
  readonly bars: readonly Bar[];
}

/** The charts of those rows that measured a share of traffic or a time. */
export function chartsOf(
  rows: readonly Expectation[],
  results: readonly Result[],
): readonly Chart[] {
  const byName = new Map(results.map((result) => [result.name, result]));
  return rows.flatMap((row) => {
    const result = byName.get(row.name);
    if (result === undefined || result.status === "skipped" || row.check.kind !== "http") return [];
    const { check, name } = row;
    const shares = (check.shares ?? []).flatMap((share) => {
      const seen = hitsOf(result.observed, share.text);
      if (seen === undefined) return [];
      const { atLeast, atMost } = share;
      return [{ label: share.text, value: seen.hits, whole: seen.of, atLeast, atMost }];
    });
    const seconds = check.expect.seconds === undefined ? undefined : secondsOf(result.observed);
    return [
      ...(shares.length > 0 ? [{ row: name, unit: "answers" as const, bars: shares }] : []),
      ...(seconds === undefined
        ? []
        : [
            { row: name, unit: "seconds" as const, bars: [latency(seconds, check.expect.seconds)] },
          ]),
    ];
  });
}

// The runner gives what it saw as words; see `judgeAnswers` in hack/proof/checks/http.ts.
function hitsOf(
  observed: string,
  text: string,
): { readonly hits: number; readonly of: number } | undefined {
  const after = ` with ${quoted(text)}`;
  const part = observed.split("; ").find((one) => one.endsWith(after));
  const [, hits, of] = /^(\d+) of (\d+)$/.exec(part?.slice(0, -after.length) ?? "") ?? [];
  return of === undefined ? undefined : { hits: Number(hits), of: Number(of) };
}

function secondsOf(observed: string): number | undefined {
  const found = [...observed.matchAll(/(?:^|, )(\d+\.\d\d) s(?=;|$)/g)].at(-1)?.[1];
  return found === undefined ? undefined : Number(found);
}

function latency(
  value: number,
  bounds: { readonly atLeast?: number; readonly atMost?: number } = {},
): Bar {
  // Room to the right of the upper bound, so that a call which took too long is seen to cross it.
  const whole = Math.max(value, bounds.atMost ?? 0, bounds.atLeast ?? 0) * 1.2;
  return { label: "one call", value, whole: whole === 0 ? 1 : whole, ...bounds };
}
