import { needsOf, settingsFor } from "../../components/scenarios/cluster-needs.ts";
import { scenarios } from "../../components/scenarios/registry.ts";
import type { Scenario, Step } from "../../components/scenarios/scenario.ts";
import { officialSupply, type Supply } from "../../components/supply.ts";
import { deployStep, type BuiltStep } from "./build-step.ts";

/** Every step of every scenario, with a name for a test's title. */
export const everyStep: readonly {
  readonly title: string;
  readonly scenario: Scenario;
  readonly step: Step;
}[] = scenarios.flatMap((scenario) =>
  scenario.steps.map((step) => ({ title: `${scenario.id}/${step.id}`, scenario, step })),
);

/** Stack config of a lab on a cluster that has what a scenario, or a step of it, needs. */
export function configOf(scenario: Scenario): Record<string, string> {
  const needs = scenario.steps.flatMap((step) => needsOf(scenario, step));
  return { scenario: scenario.id, ...settingsFor(needs, "kind") };
}

/** Builds a step on such a cluster. */
export function deploy(
  { scenario, step }: { readonly scenario: Scenario; readonly step: Step },
  supply: Supply = officialSupply,
): Promise<BuiltStep> {
  return deployStep(scenario.id, step.id, configOf(scenario), supply);
}
