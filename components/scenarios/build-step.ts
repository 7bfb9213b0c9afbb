import { createAddOns } from "../addons/create-add-ons.ts";
import { NamespaceInjection } from "../mesh/namespace-injection.ts";
import { findStep } from "./registry.ts";
import type { Lab, Scenario, ScenarioOutputs } from "./scenario.ts";

/**
 * Everything of one step: what its scenario builds, the add-ons that it or config asks for, and namespace `default`
 * with or without sidecars.
 */
export function buildStep(lab: Lab, scenario: Scenario, stepId: string): ScenarioOutputs {
  const { sidecars = true, addOns = [] } = findStep(scenario, stepId);
  // Always there and only changed by a move: a label that a move takes away must be gone before the new pods start.
  const injection = new NamespaceInjection(
    "default",
    { namespace: "default", enabled: sidecars },
    lab.meshOpts,
  );
  const meshOpts = { ...lab.meshOpts, dependsOn: lab.meshOpts.dependsOn.concat(injection) };
  createAddOns(lab, [...addOns, ...lab.config.addons]);
  return scenario.build({ ...lab, meshOpts }, stepId);
}
