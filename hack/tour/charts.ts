import type { DeliveryCheck } from "../../components/scenarios/checks/delivery.ts";
import type { HttpCheck } from "../../components/scenarios/checks/http.ts";
import type { Check, Expectation } from "../../components/scenarios/expectation.ts";
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
  readonly unit: "answers" | "requests" | "seconds";
  readonly bars: readonly Bar[];
}

/** The charts of those rows that measured a share of traffic or a time. */
export function chartsOf(
  rows: readonly Expectation[],
  results: readonly Result[],
): readonly Chart[] {
  const byName = new Map(results.map((result) => [result.name, result]));
  return rows.flatMap(({ name, check }) => {
    const result = byName.get(name);
    if (result === undefined || result.status === "skipped") return [];
    return measuredBy(check, result.observed)
      .filter(({ bars }) => bars.length > 0)
      .map((measured) => ({ row: name, ...measured }));
  });
}

// The runner gives what it saw as words: what is read here is written by the check's `judge…` in hack/proof/checks.
function measuredBy(check: Check, observed: string): readonly Omit<Chart, "row">[] {
  switch (check.kind) {
    case "http":
      return [
        { unit: "answers", bars: answerBars(check, observed) },
        { unit: "seconds", bars: latencyBars(check, observed) },
      ];
    case "load":
      return [{ unit: "answers", bars: refusalBars(observed) }];
    case "delivery":
      return [{ unit: "requests", bars: arrivalBars(check, observed) }];
    default:
      return [];
  }
}

/** So many calls or more are traffic, of which all going one way is a share too. */
const traffic = 10;

function answerBars({ shares, times = 1 }: HttpCheck, observed: string): readonly Bar[] {
  const parts = observed.split("; ");
  const counted = (label: string, tail: string, atLeast: number, atMost: number): Bar[] => {
    const part = parts.find((one) => one.endsWith(tail));
    const [, hits, of] = /^(\d+) of (\d+)$/.exec(part?.slice(0, -tail.length) ?? "") ?? [];
    return of === undefined
      ? []
      : [{ label, value: Number(hits), whole: Number(of), atLeast, atMost }];
  };
  if (shares === undefined) {
    return times < traffic ? [] : counted("as expected", " as expected", times, times);
  }
  return shares.flatMap(({ text, atLeast, atMost }) =>
    counted(labelOf(text), ` with ${quoted(text)}`, atLeast, atMost),
  );
}

/** A text that is looked for in an answer, for the eye: of a JSON field the value, without what cuts a name in two. */
function labelOf(text: string): string {
  return text.replace(/^"[^"]*": *"/, "").replace(/["-]$/, "");
}

function latencyBars({ expect: { seconds: bounds } }: HttpCheck, observed: string): readonly Bar[] {
  const found = [...observed.matchAll(/(?:^|, )(\d+\.\d\d) s(?=;|$)/g)].at(-1)?.[1];
  if (bounds === undefined || found === undefined) return [];
  const value = Number(found);
  // Room to the right of the upper bound, so that a call which took too long is seen to cross it.
  const whole = Math.max(value, bounds.atMost ?? 0, bounds.atLeast ?? 0) * 1.2;
  return [{ label: "one call", value, whole: whole === 0 ? 1 : whole, ...bounds }];
}

/** Of each run of a load test, the answers of 503: no smaller a share than of the run before, and some in the last. */
function refusalBars(observed: string): readonly Bar[] {
  const runs = [...observed.matchAll(/-c (\d+): \d+×200, (\d+)×503 of (\d+)/g)].map((run) => ({
    label: `503 with -c ${run[1] ?? ""}`,
    value: Number(run[2]),
    whole: Number(run[3]),
  }));
  return runs.map((run, index) => {
    const before = runs[index - 1];
    if (before === undefined) return run;
    const least = Math.ceil((before.value / before.whole) * run.whole);
    return { ...run, atLeast: index === runs.length - 1 ? Math.max(1, least) : least };
  });
}

function arrivalBars({ arrivals }: DeliveryCheck, observed: string): readonly Bar[] {
  const requests = Number(/^(\d+) requests: /.exec(observed)?.[1]);
  return arrivals.flatMap(({ app, version, times }) => {
    const label = `${app}-${version}`;
    const part = observed.split("; ").find((one) => one.startsWith(`${label} got each `));
    // Some that arrived and some that did not are no number of all.
    const each = /(?<= each )\d+(?= times$)/.exec(part ?? "")?.[0];
    if (each === undefined) return [];
    const exactly = times * requests;
    const value = Number(each) * requests;
    const whole = Math.max(requests, exactly);
    return [{ label, value, whole, atLeast: exactly, atMost: exactly }];
  });
}
