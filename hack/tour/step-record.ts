import { chartsOf } from "./charts.ts";
import type { Stop } from "./plan.ts";
import type { Proven } from "./prove.ts";
import { countStatuses, toTenth } from "./tour-report.ts";
import type { TourStep } from "./tour-report.ts";

/** How a step ended, by what was not as it should be. */
export function verdict(
  faults: readonly string[],
  proven: Proven | undefined,
): Pick<TourStep, "status" | "error"> {
  if (faults.length > 0) return { status: "failed", error: faults.join("\n") };
  const results = proven?.results ?? [];
  // A step of which the supply can prove nothing has not been shown to work.
  if (results.length > 0 && results.every(({ status }) => status === "skipped")) {
    return { status: "skipped", error: results[0]?.reason ?? "" };
  }
  return { status: "passed", error: "" };
}

/** What a proof adds to the record of its step. */
export function provenPart({
  rows,
  results,
  proofSeconds,
  disruptSeconds,
}: Proven): Partial<TourStep> {
  return {
    results,
    summary: countStatuses(results),
    proofSeconds: toTenth(proofSeconds),
    disruptSeconds: toTenth(disruptSeconds),
    charts: chartsOf(rows, results),
  };
}

/** The record of a step of which nothing is known yet. */
export function blank({ scenario, step }: Stop): Omit<TourStep, "status" | "error"> {
  return {
    scenario: scenario.id,
    step: step.id,
    title: scenario.title,
    about: step.about,
    failedBefore: null,
    before: "",
    sameEffectAs: step.sameEffectAs ?? "",
    results: [],
    summary: { passed: 0, failed: 0, skipped: 0 },
    applySeconds: 0,
    proofSeconds: 0,
    disruptSeconds: 0,
    previewSeconds: 0,
    waitSeconds: step.waitSeconds ?? 0,
    created: 0,
    updated: 0,
    replaced: 0,
    deleted: 0,
    charts: [],
  };
}
