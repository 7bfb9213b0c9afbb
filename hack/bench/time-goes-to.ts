import type { Dependencies } from "./critical-path.ts";
import { criticalPath } from "./critical-path.ts";
import { nameOf } from "./event-log.ts";
import type { Span } from "./event-log.ts";

/** Shorter waits and operations are left out. */
const worthSaying = 0.15;

/** How many of the slowest resources are named. */
const slowestShown = 5;

/**
 * Where the time of one Pulumi command went: its critical path from start to end, then the slowest resources, whether
 * they were waited for or not.
 * @param total seconds the whole command took
 */
export function timeGoesTo(
  total: number,
  spans: readonly Span[],
  dependencies: Dependencies,
): readonly string[] {
  const path = criticalPath(spans, dependencies);
  const [first, last] = [path[0], path.at(-1)];
  if (first === undefined || last === undefined) return [line(total, "no resource was looked at")];
  const parts = [{ seconds: first.wait, text: "Pulumi, plugins and program start" }];
  let between = 0;
  for (const { span, wait } of path) {
    between += span === first.span ? 0 : wait;
    const seconds = span.end - span.start;
    if (seconds < worthSaying) {
      between += seconds;
      continue;
    }
    parts.push({ seconds: between, text: "between resources" });
    parts.push({ seconds, text: `${nameOf(span.urn)} (${span.op})` });
    between = 0;
  }
  parts.push({ seconds: between, text: "quick resources and what is between them" });
  parts.push({ seconds: total - last.span.end, text: "after the last resource" });
  return [
    ...parts
      .filter(({ seconds }) => seconds >= worthSaying)
      .map(({ seconds, text }) => line(seconds, text)),
    ...slowest(spans),
  ];
}

function slowest(spans: readonly Span[]): readonly string[] {
  const named = spans
    .filter(({ start, end }) => end - start >= worthSaying)
    .toSorted((a, b) => b.end - b.start - (a.end - a.start))
    .slice(0, slowestShown)
    .map(({ urn, start, end }) => `${nameOf(urn)} ${(end - start).toFixed(1)} s`);
  return named.length === 0 ? [] : [`slowest resources: ${named.join(", ")}`];
}

function line(seconds: number, text: string): string {
  return `${seconds.toFixed(1).padStart(5)} s  ${text}`;
}
