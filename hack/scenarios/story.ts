import type { Scenario, Step } from "../../components/scenarios/scenario.ts";
import type { Current } from "./list.ts";

/** What to do by hand at one step. */
export interface HandsOn {
  readonly step: Step;
  readonly commands: readonly string[];
  readonly lookFor: readonly string[];
}

/**
 * A scenario's story: what it shows, its steps, and for each what to try and what to look for.
 * @param parts the steps that are told in full
 */
export function story(scenario: Scenario, parts: readonly HandsOn[], current: Current): string {
  const here = scenario.id === current.scenario;
  const width = Math.max(...scenario.steps.map(({ id }) => id.length));
  const steps = scenario.steps.map(
    ({ id, about }) => `${here && id === current.step ? "*" : " "} ${id.padEnd(width)}  ${about}`,
  );
  return [
    `${scenario.id}: ${scenario.title}`,
    "",
    scenario.about,
    "",
    "Steps",
    ...steps,
    ...parts.flatMap((part) => chapter(scenario, part, current)),
    "",
    'The commands are for the lab\'s shell: eval "$(npm run -s env)"',
  ].join("\n");
}

function chapter(
  { id }: Scenario,
  { step, commands, lookFor }: HandsOn,
  current: Current,
): readonly string[] {
  const there = current.deployed && current.scenario === id && current.step === step.id;
  const go = `pulumi config set scenario ${id} && pulumi config set step ${step.id} && npm run up`;
  return [
    "",
    `${step.id}: ${step.about}`,
    ...(there ? ["  is deployed; try"] : ["  go there with", `    ${go}`, "  then try"]),
    ...commands.map((command) => `    ${command}`),
    ...(lookFor.length > 0 ? ["  look for", ...lookFor.map((text) => `    - ${text}`)] : []),
  ];
}
