import { clearLine, cursorTo } from "node:readline";
import type { WriteStream } from "node:tty";
import { brief } from "../proof/brief-text.ts";
import { expectedTotal } from "./expected-time.ts";
import type { KnownTimes } from "./expected-time.ts";
import { nameOf } from "./plan.ts";
import type { Stop } from "./plan.ts";
import type { TourStep } from "./tour-report.ts";
import type { TourProgress } from "./walk.ts";

/** A time for a reader: "4.2 s", "3 min 20 s". */
export function clock(seconds: number): string {
  if (seconds < 99.5) return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** The one line that a finished step leaves, and below it what was wrong. */
export function endLine(stop: Stop, place: string, step: TourStep, seconds: number): string {
  const { created, updated, replaced, deleted, summary } = step;
  const name = `${place} ${nameOf(stop)}`;
  if (step.status === "skipped") return `${name}: skipped: ${step.error}`;
  const changed = `+${created} ~${updated + replaced} -${deleted}`;
  const rows = `${summary.passed} passed${summary.failed > 0 ? `, ${summary.failed} FAILED` : ""}${summary.skipped > 0 ? `, ${summary.skipped} skipped` : ""}`;
  const parts = [
    `${step.status === "passed" ? "passed" : "FAILED"} in ${clock(seconds)}`,
    `apply ${clock(step.applySeconds)} (${changed})`,
    `proof ${clock(step.proofSeconds)} (${rows})`,
    ...(step.failedBefore === true ? ["failed before"] : []),
    ...(step.failedBefore === false ? ["PASSED before"] : []),
  ];
  const faults = step.error === "" ? [] : step.error.split("\n").map((line) => `    ${line}`);
  return [`${name}: ${parts.join(", ")}`, ...faults].join("\n");
}

const redrawMilliseconds = 250;

/**
 * Shows a tour: a line when a step begins (a live one on a terminal, with elapsed and expected time) and one when it
 * ends.
 * @param left stops still to be walked, the running one included
 * @param out stderr
 */
export function progressLines(
  stops: readonly Stop[],
  known: KnownTimes,
  out: WriteStream,
): TourProgress & { clear(): void } {
  const begun = performance.now();
  const live = out.isTTY;
  const width = String(stops.length).length;
  const place = (index: number): string => `${String(index + 1).padStart(width)}/${stops.length}`;
  let timer: NodeJS.Timeout | undefined;
  let what = "";
  const clear = (): void => {
    clearInterval(timer);
    if (!live) return;
    clearLine(out, 0);
    cursorTo(out, 0);
  };
  const since = (moment: number): number => (performance.now() - moment) / 1000;
  return {
    begin(stop, index, expected) {
      const started = performance.now();
      const rest = expectedTotal(stops.slice(index + 1), known);
      what = "";
      if (!live) {
        out.write(
          `[${clock(since(begun))}] ${place(index)} ${nameOf(stop)}: about ${clock(expected)}, then about ${clock(rest)} more\n`,
        );
        return;
      }
      timer = setInterval(() => {
        const left = Math.max(0, expected - since(started)) + rest;
        const line = `${place(index)} ${nameOf(stop)}: ${what} ${clock(since(started))} of about ${clock(expected)}; tour ${clock(since(begun))}, about ${clock(left)} left`;
        clearLine(out, 0);
        cursorTo(out, 0);
        out.write(brief(line, out.columns - 1));
      }, redrawMilliseconds).unref();
    },
    phase(now) {
      what = now;
    },
    end(stop, index, step, seconds) {
      clear();
      out.write(`${endLine(stop, place(index), step, seconds)}\n`);
    },
    clear,
  };
}
