import Table from "cli-table3";
import type { Goal } from "./goals.ts";
import { measures } from "./measures.ts";
import type { MeasureId } from "./measures.ts";
import type { BenchReport } from "./report.ts";

/** The results for the terminal: a table of times, a table of goals, and below where the time of missed ones goes. */
export function benchTables(report: BenchReport): string {
  const { machine } = report;
  const facts = [
    `${machine.cpus} CPUs, ${machine.memoryGiB} GiB, ${machine.engine}, load ${machine.load} before`,
    `${machine.supply} supply`,
  ];
  return [facts.join("; "), times(report), goals(report.goals), ...missed(report.goals)].join("\n");
}

function times({ samples, medians, ratios }: BenchReport): string {
  const table = plainTable(["seconds", "samples", "median", "of by hand"], 3);
  for (const [id, taken] of Object.entries(samples) as [MeasureId, readonly number[]][]) {
    const shown = taken.map((seconds) => seconds.toFixed(1)).join(" ");
    table.push([measures[id], shown, (medians[id] ?? 0).toFixed(1), ratios[id]?.toFixed(2) ?? ""]);
  }
  return table.toString();
}

function goals(judged: readonly Goal[]): string {
  const table = plainTable(["goal", "at most", "measured", "met"], 2);
  for (const { name, goal, measured, met } of judged) {
    table.push([name, String(goal), measured.toFixed(2), met ? "yes" : "NO"]);
  }
  return table.toString();
}

function missed(judged: readonly Goal[]): readonly string[] {
  return judged
    .filter(({ met }) => !met)
    .map(({ name, timeGoesTo }) =>
      [`${name}: the time goes to`, ...timeGoesTo.map((line) => `  ${line}`)].join("\n"),
    );
}

/** @param numbers how many columns at the end hold numbers */
function plainTable(head: readonly string[], numbers: number): Table.Table {
  return new Table({
    head: [...head],
    colAligns: head.map((_, index) => (index < head.length - numbers ? "left" : "right")),
    style: { head: [], border: [] },
  });
}
