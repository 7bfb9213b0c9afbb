import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { Checkout } from "./checkout.ts";

/** Of a tour's JSON report, what is looked at here. */
export interface TouredStep {
  readonly scenario: string;
  readonly step: string;
  readonly failedBefore: boolean | null;
  readonly summary: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly error: string | null;
}

/** Runs `npm run tour` with these arguments, whatever its exit code, and reads its report. */
export async function tour(lab: Checkout, args: readonly string[]): Promise<readonly TouredStep[]> {
  const file = join(lab.folder, ".lab", "tour.json");
  const { output } = await lab.run("npm", ["run", "-s", "tour", "--", "--json", file, ...args]);
  const text = await readFile(file, "utf8").catch(() => "");
  expect(text, output).not.toBe("");
  return (JSON.parse(text) as { steps: TouredStep[] }).steps;
}

/** A line for each step that failed, or proved nothing. */
export function faultsOf(steps: readonly TouredStep[]): string[] {
  return steps
    .filter(({ error, summary }) => error || summary.failed > 0 || summary.passed === 0)
    .map(
      ({ scenario, step, error, summary }) =>
        `${scenario}/${step}: ${error ?? `${summary.failed} failed`}`,
    );
}
