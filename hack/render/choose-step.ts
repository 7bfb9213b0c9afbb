import type { ConfigContext } from "../../components/config-rules.ts";
import { checkConfig, frozen } from "../../components/config.ts";
import type { Fault } from "../../components/faults.ts";
import { needsOf, settingsFor } from "../../components/scenarios/cluster-needs.ts";
import { UserError } from "../toolchain/phase.ts";
import type { RenderOptions } from "./options.ts";
import type { StepToRender } from "./render-steps.ts";

/**
 * The step that the command line asks for, with the program's own rules and defaults. The stack's config has no say:
 * the same command writes the same files everywhere, for a cluster that has what the step needs.
 * @throws UserError listing every fault with what is accepted
 */
export function chooseStep(
  options: Omit<RenderOptions, "out">,
  context: Omit<ConfigContext, "stack">,
): StepToRender["config"] {
  const { scenario, step, replicas, domain } = options;
  const given = { scenario, step, replicas, domain };
  const asked = Object.fromEntries(
    Object.entries(given).flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])),
  );
  const chosen = context.scenarios.find(({ id }) => id === scenario);
  const needs = needsOf(
    chosen,
    chosen?.steps.find(({ id }) => id === step),
  );
  const raw = { ...settingsFor(needs, "kind"), ...asked };
  const { values, faults } = checkConfig(raw, { ...context, stack: "render" });
  if (faults.length > 0) throw new UserError(report(faults));
  return frozen(values);
}

// Keys of config are options of the same name here; how to mend them in config is of no use.
function report(faults: readonly Fault[]): string {
  const heading = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  const paragraphs = faults.map(({ problem, accepted }) =>
    [`  --${problem}`, ...(accepted === undefined ? [] : [`    accepted: ${accepted}`])].join("\n"),
  );
  return [`${heading}; nothing was written.`, ...paragraphs].join("\n\n");
}
