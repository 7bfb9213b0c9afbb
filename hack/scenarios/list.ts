import type { Scenario } from "../../components/scenarios/scenario.ts";

/** Where the lab is, or would be. */
export interface Current {
  readonly scenario: string;
  readonly step: string;
  /** False where no lab is up and config alone is known. */
  readonly deployed: boolean;
}

/** One line a scenario with its steps; the current one is marked, its step in brackets. */
export function scenarioList(scenarios: readonly Scenario[], current: Current): string {
  const width = Math.max(...scenarios.map(({ id }) => id.length));
  const lines = scenarios.map(({ id, steps }) => {
    const here = id === current.scenario;
    const names = steps.map((step) =>
      here && step.id === current.step ? `[${step.id}]` : step.id,
    );
    return `${here ? "*" : " "} ${id.padEnd(width)}  ${names.join(", ")}`;
  });
  return [...lines, "", whereLine(current), howLine].join("\n");
}

/** Where the lab is, in words. */
export function whereLine({ scenario, step, deployed }: Current): string {
  return deployed
    ? `* deployed: ${scenario}, step ${step}`
    : `* configured: ${scenario}, step ${step}; no lab is up (npm run up makes it)`;
}

const howLine = "npm run scenarios -- NAME, or NAME/STEP, tells what one shows and what to try";
