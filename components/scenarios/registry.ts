import type { Scenario, Step } from "./scenario.ts";
import { statefulsetIngress } from "./statefulset-ingress.ts";

/** Every scenario of the lab, in the order a course takes them. */
export const scenarios: readonly Scenario[] = [statefulsetIngress];

/**
 * The scenario of that id; config has been checked before.
 * @throws Error when there is none
 */
export function findScenario(id: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.id === id);
  if (!scenario) throw new Error(`no scenario "${id}"`);
  return scenario;
}

/**
 * A step of a scenario; config has been checked before.
 * @throws Error when there is none
 */
export function findStep(scenario: Scenario, id: string): Step {
  const step = scenario.steps.find((candidate) => candidate.id === id);
  if (!step) throw new Error(`scenario "${scenario.id}" has no step "${id}"`);
  return step;
}
