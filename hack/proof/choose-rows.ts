import type { Expectation } from "../../components/scenarios/expectation.ts";
import type { LabOutputs, Scenario } from "../../components/scenarios/scenario.ts";
import { UserError } from "../toolchain/phase.ts";
import type { ProofOptions } from "./options.ts";

/** What is proved: rows, and the lab as their scenario and step see it. */
export interface Chosen {
  readonly lab: LabOutputs;
  readonly rows: readonly Expectation[];
}

function unknown(what: string, given: string, accepted: readonly string[]): UserError {
  return new UserError(`unknown ${what} "${given}": there are ${accepted.join(", ")}`);
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
  if (scenario === undefined)
    throw unknown(
      "scenario",
      id,
      scenarios.map((one) => one.id),
    );
  const step = askedStep ?? outputs.step;
  if (!scenario.steps.some((candidate) => candidate.id === step))
    throw unknown(
      `step of ${id}`,
      step,
      scenario.steps.map((one) => one.id),
    );
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
