import type { Capability, Expectation, Stimulus } from "../../components/scenarios/expectation.ts";

/** What may be left out, and why. */
export interface SkipRules {
  /** What the supply can't do, with the reason. */
  readonly limits: Readonly<Partial<Record<Capability, string>>>;
  readonly noDisrupt: boolean;
}

/** Rows that are proved at the same time, after what is done first. */
export interface Stage {
  readonly stimuli: readonly Stimulus[];
  readonly rows: readonly Expectation[];
}

/** True where proving the row changes the lab for a moment. */
export function isDisruptive(row: Expectation): boolean {
  return row.disruptive ?? row.after?.some((stimulus) => stimulus.do === "delete-pod") ?? false;
}

/** Why a row is left out, or nothing. */
export function skipReason(row: Expectation, rules: SkipRules): string | undefined {
  const limit = row.needs === undefined ? undefined : rules.limits[row.needs];
  if (limit !== undefined) return limit;
  if (rules.noDisrupt && isDisruptive(row))
    return "it changes the lab for a moment, and this run may not (--no-disrupt)";
  return undefined;
}

/**
 * The order of a proof: first, all at once, the rows that neither need a stimulus nor disrupt; then, in the order
 * of the list, one stage for each stimulus and one for each disruptive row without.
 */
export function stages(rows: readonly Expectation[]): readonly Stage[] {
  const first: Expectation[] = [];
  const later = new Map<string, Expectation[]>();
  for (const row of rows) {
    const stimuli = row.after ?? [];
    if (stimuli.length === 0 && !isDisruptive(row)) first.push(row);
    else {
      const key = stimuli.length === 0 ? `row ${row.name}` : JSON.stringify(stimuli);
      later.set(key, [...(later.get(key) ?? []), row]);
    }
  }
  const groups = [...later.values()].map((group) => ({
    stimuli: group[0]?.after ?? [],
    rows: group,
  }));
  return first.length === 0 ? groups : [{ stimuli: [], rows: first }, ...groups];
}
