import { needsOf, setCommands, settingsFor } from "../../components/scenarios/cluster-needs.ts";
import type { Scenario, Step } from "../../components/scenarios/scenario.ts";
import type { Current } from "./list.ts";

/** What to do by hand at one step. */
export interface HandsOn {
  readonly step: Step;
  /** Config to set on the way there, besides scenario and step: see {@link settingsToGo}. */
  readonly settings: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
  readonly lookFor: readonly string[];
}

/**
 * Config that a step needs besides its own name, where it is not set already.
 * @param raw the stack's config: text by key
 */
export function settingsToGo(
  scenario: Scenario,
  step: Step,
  raw: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const cluster = raw["cluster"] === "existing" ? "existing" : "kind";
  const wanted = settingsFor(needsOf(scenario, step), cluster);
  return Object.fromEntries(Object.entries(wanted).filter(([key, value]) => raw[key] !== value));
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
  { step, settings, commands, lookFor }: HandsOn,
  current: Current,
): readonly string[] {
  const there = current.deployed && current.scenario === id && current.step === step.id;
  const go = `${setCommands({ ...settings, scenario: id, step: step.id })} && npm run up`;
  return [
    "",
    `${step.id}: ${step.about}`,
    ...(there ? ["  is deployed; try"] : ["  go there with", `    ${go}`, "  then try"]),
    ...commands.map((command) => `    ${command}`),
    ...(lookFor.length > 0 ? ["  look for", ...lookFor.map((text) => `    - ${text}`)] : []),
  ];
}
