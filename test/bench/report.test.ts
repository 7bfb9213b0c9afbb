import { expect, it } from "vitest";
import { collector } from "../../hack/bench/measures.ts";
import type { MeasureId } from "../../hack/bench/measures.ts";
import { benchReport } from "../../hack/bench/report.ts";
import type { BenchReport } from "../../hack/bench/report.ts";
import { benchTables } from "../../hack/bench/table.ts";

const machine = {
  cpus: 2,
  memoryGiB: 24,
  engine: "docker 20.10.24",
  load: 0.1,
  supply: "registry-only",
};

function report(): BenchReport {
  const { record, samples } = collector();
  const taken: Partial<Record<MeasureId, readonly number[]>> = {
    coldUp: [30.12345, 36, 33],
    byHand: [40, 50, 44],
    byHandDelete: [2, 2, 2],
    destroy: [5, 5, 5],
  };
  for (const [id, values] of Object.entries(taken) as [MeasureId, readonly number[]][]) {
    for (const seconds of values) record(id, { seconds, goesTo: ["  5.0 s  somewhere"] });
  }
  return benchReport(machine, 3, samples);
}

it("holds every sample, medians, ratios to the same by hand, and the goals", () => {
  const { goals, ...rest } = report();
  expect(rest).toEqual({
    machine,
    runs: 3,
    samples: {
      byHand: [40, 50, 44],
      byHandDelete: [2, 2, 2],
      coldUp: [30.123, 36, 33],
      destroy: [5, 5, 5],
    },
    medians: { byHand: 44, byHandDelete: 2, coldUp: 33, destroy: 5 },
    ratios: { coldUp: 0.75, destroy: 2.5 },
  });
  expect(goals.map(({ met }) => met)).toEqual([true, false]);
});

it("shows times, goals, and for a missed goal where the time goes", () => {
  const lines = benchTables(report()).split("\n");
  expect(lines[0]).toBe("2 CPUs, 24 GiB, docker 20.10.24, load 0.1 before; registry-only supply");
  const row = (start: string): string[] =>
    (lines.find((line) => line.startsWith(`│ ${start}`)) ?? "").split("│").map((s) => s.trim());
  expect(row("cold pulumi up, until proven").slice(1, 5)).toEqual([
    "cold pulumi up, until proven",
    "30.1 36.0 33.0",
    "33.0",
    "0.75",
  ]);
  expect(row("pulumi destroy  ").slice(1, 5)).toEqual([
    "pulumi destroy",
    "5.0 5.0 5.0",
    "5.0",
    "2.50",
  ]);
  expect(lines.filter((line) => line.includes(" NO "))).toHaveLength(1);
  expect(lines.slice(-2)).toEqual(["pulumi destroy: the time goes to", "    5.0 s  somewhere"]);
});
