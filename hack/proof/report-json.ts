import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import type { Result } from "./run-proof.ts";

/** A finished proof: what `--json FILE` writes. */
export interface ProofReport {
  readonly scenario: string;
  readonly step: string;
  /** Kind of supply: "official", "registry-only". */
  readonly supply: string;
  /** Version by part of the supply. */
  readonly versions: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
  readonly summary: { readonly passed: number; readonly failed: number; readonly skipped: number };
}

/** Puts the report together. */
export function proofReport(lab: LabOutputs, results: readonly Result[]): ProofReport {
  const count = (status: Result["status"]): number =>
    results.filter((one) => one.status === status).length;
  return {
    scenario: lab.scenario,
    step: lab.step,
    supply: lab.supply.kind,
    versions: lab.supply.parts,
    results,
    summary: { passed: count("passed"), failed: count("failed"), skipped: count("skipped") },
  };
}
