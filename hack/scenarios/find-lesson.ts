import { closest } from "fastest-levenshtein";
import type { Scenario, Step } from "../../components/scenarios/scenario.ts";
import { stepOwners } from "../../components/scenarios/step-owners.ts";
import { UserError } from "../toolchain/phase.ts";

/** A scenario, and the one step of it that was asked for. */
export interface Lesson {
  readonly scenario: Scenario;
  readonly step?: Step;
}

/**
 * The scenario, or the step of one, of that name.
 * @param name `SCENARIO` or `SCENARIO/STEP`
 * @throws UserError with the closest names there are
 */
export function findLesson(scenarios: readonly Scenario[], name: string): Lesson {
  const [id = "", stepId, ...more] = name.split("/");
  const scenario = scenarios.find((one) => one.id === id);
  if (scenario === undefined) {
    // Somebody may have typed a step alone.
    const owned = withOwners(id, scenarios);
    const near = owned.length > 0 ? owned : nearest(id, scenarios);
    throw new UserError(
      `unknown scenario "${id}"; closest: ${near.join(", ")} (npm run scenarios lists them all)`,
    );
  }
  if (stepId === undefined) return { scenario };
  const wanted = [stepId, ...more].join("/");
  const step = scenario.steps.find((one) => one.id === wanted);
  if (step) return { scenario, step };
  const owned = withOwners(wanted, scenarios);
  const near = owned.length > 0 ? owned : nearest(wanted, scenario.steps);
  throw new UserError(
    `unknown step "${wanted}" of ${id}; closest: ${near.join(", ")}; there are ${scenario.steps.map((one) => one.id).join(", ")}`,
  );
}

/** `SCENARIO/STEP` of every scenario that has a step of that name. */
function withOwners(step: string, scenarios: readonly Scenario[]): readonly string[] {
  return stepOwners(step, scenarios).map((id) => `${id}/${step}`);
}

function nearest(given: string, items: readonly { readonly id: string }[]): readonly string[] {
  const ids = items.map(({ id }) => id);
  const first = closest(given, ids);
  const rest = ids.filter((id) => id !== first && given !== "" && id.includes(given));
  return [first, ...rest];
}
