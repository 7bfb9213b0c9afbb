import { closest } from "fastest-levenshtein";
import type { Expectation } from "../../components/scenarios/expectation.ts";
import type { LabOutputs, Scenario } from "../../components/scenarios/scenario.ts";
import { stepOwners } from "../../components/scenarios/step-owners.ts";
import { UserError } from "../toolchain/phase.ts";
import type { ProofOptions } from "./options.ts";

/** What is proved: rows, and the lab as their scenario and step see it. */
export interface Chosen {
  readonly lab: LabOutputs;
  readonly rows: readonly Expectation[];
}

function unknown(
  what: string,
  given: string,
  items: Scenario["steps"] | readonly Scenario[],
): UserError {
  const ids = items.map(({ id }) => id);
  return new UserError(
    `unknown ${what} "${given}"; closest: "${closest(given, ids)}"; there are ${ids.join(", ")}`,
  );
}

/** A step of other scenarios is no typing error. */
function unknownStep(
  given: string,
  { id, steps }: Scenario,
  scenarios: readonly Scenario[],
): UserError {
  const owners = stepOwners(given, scenarios);
  if (owners.length === 0) return unknown(`step of ${id}`, given, steps);
  const ways = owners.map((owner) => `--scenario ${owner} --step ${given}`);
  return new UserError(
    `unknown step of ${id} "${given}"; it is one of other scenarios: ${ways.join(", or ")}`,
  );
}

/** What is asked of every step; of one that is not deployed it is not known which objects it has. */
function exactly(objects: readonly string[]): Expectation {
  return {
    name: "the cluster has the objects of this step, and none of another",
    expected: `${objects.length} objects`,
    check: { kind: "stage", objects },
  };
}

/**
 * The rows of the deployed step, or of the one that was asked for.
 * @throws UserError for a scenario, step or text that meets nothing
 */
export function chooseRows(
  scenarios: readonly Scenario[],
  outputs: LabOutputs,
  { scenario: askedScenario, step: askedStep, only }: ProofOptions,
): Chosen {
  if (askedScenario !== undefined && askedStep === undefined)
    throw new UserError("--scenario needs --step: say which of its steps to prove");
  const id = askedScenario ?? outputs.scenario;
  const scenario = scenarios.find((candidate) => candidate.id === id);
  if (scenario === undefined) throw unknown("scenario", id, scenarios);
  const step = askedStep ?? outputs.step;
  if (!scenario.steps.some((candidate) => candidate.id === step))
    throw unknownStep(step, scenario, scenarios);
  const lab = { ...outputs, scenario: id, step };
  const deployed = id === outputs.scenario && step === outputs.step;
  const all = [...scenario.proof(lab, step), ...(deployed ? [exactly(outputs.objects)] : [])];
  const names = new Set(all.map(({ name }) => name));
  if (names.size < all.length) throw new Error(`two rows of ${id}/${step} have the same name`);
  const rows = all.filter(({ name }) => name.toLowerCase().includes((only ?? "").toLowerCase()));
  if (only !== undefined && rows.length === 0)
    throw new UserError(
      `--only "${only}" meets no row of ${id}/${step}:\n  ${[...names].join("\n  ")}`,
    );
  return { lab, rows };
}
