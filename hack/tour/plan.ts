import { closest } from "fastest-levenshtein";
import { needsOf, setCommands, settingsFor } from "../../components/scenarios/cluster-needs.ts";
import type { LabOutputs, Scenario, Step } from "../../components/scenarios/scenario.ts";
import { UserError } from "../toolchain/phase.ts";

/** One stop of the tour. */
export interface Stop {
  readonly scenario: Scenario;
  readonly step: Step;
}

/** What was asked for; nothing means everything. */
export interface Wish {
  readonly scenario: readonly string[];
  /** `step` or `scenario/step`. */
  readonly step: readonly string[];
}

/** Every step of every scenario, in the order of the course. */
export function allStops(scenarios: readonly Scenario[]): readonly Stop[] {
  return scenarios.flatMap((scenario) => scenario.steps.map((step) => ({ scenario, step })));
}

/** `scenario/step`. */
export function nameOf({ scenario, step }: Stop): string {
  return `${scenario.id}/${step.id}`;
}

/**
 * The stops that are asked for, in the order of the course, each once.
 * @throws UserError listing every id that meets nothing, with the closest one there is
 */
export function chooseStops(scenarios: readonly Scenario[], wish: Wish): readonly Stop[] {
  const ids = scenarios.map(({ id }) => id);
  const faults = wish.scenario
    .filter((id) => !ids.includes(id))
    .map((id) => unknown("scenario", id, ids));
  const inScenarios = allStops(scenarios).filter(
    ({ scenario }) => wish.scenario.length === 0 || wish.scenario.includes(scenario.id),
  );
  // Where a scenario is unknown, so are its steps: one fault is enough.
  if (faults.length === 0) {
    for (const asked of wish.step.filter((one) => !inScenarios.some((stop) => meets(stop, one)))) {
      const known = inScenarios.map((stop) => (asked.includes("/") ? nameOf(stop) : stop.step.id));
      faults.push(unknown("step", asked, [...new Set(known)]));
    }
  }
  if (faults.length > 0) throw new UserError(faults.join("\n"));
  return inScenarios.filter(
    (stop) => wish.step.length === 0 || wish.step.some((asked) => meets(stop, asked)),
  );
}

function meets(stop: Stop, asked: string): boolean {
  return asked === stop.step.id || asked === nameOf(stop);
}

function unknown(what: string, given: string, known: readonly string[]): string {
  return `unknown ${what} "${given}"; closest: "${closest(given, [...known])}" (npm run scenarios lists them all)`;
}

/**
 * The stops of these names, in their order: those of a tour that was saved.
 * @throws UserError for a name that is no more
 */
export function stopsNamed(
  scenarios: readonly Scenario[],
  names: readonly string[],
): readonly Stop[] {
  const known = new Map(allStops(scenarios).map((stop) => [nameOf(stop), stop]));
  return names.map((name) => {
    const stop = known.get(name);
    if (stop) return stop;
    throw new UserError(`the saved tour has a step "${name}", which is no more: start a new tour`);
  });
}

/** Why the lab can't walk a stop, or nothing. */
export function unmetNeed(
  { scenario, step }: Stop,
  lab: Pick<LabOutputs, "loadBalancerAddress" | "nodeContainer">,
): string | undefined {
  if (!needsOf(scenario, step).includes("load-balancer")) return undefined;
  if (lab.loadBalancerAddress !== undefined) return undefined;
  const cluster = lab.nodeContainer === undefined ? "existing" : "kind";
  const set = setCommands(settingsFor(["load-balancer"], cluster));
  return `it needs a load balancer, and this lab has none: ${set} && npm run up, then walk it again`;
}

/**
 * Where to go first when the lab is at the stop already, so that its proof can be seen to fail: to the empty scenario,
 * else to the stop before it in the course, else to the one after.
 */
export function elsewhere(
  scenarios: readonly Scenario[],
  { scenario, step }: Stop,
): Stop | undefined {
  const all = allStops(scenarios);
  const at = all.findIndex((stop) => stop.scenario.id === scenario.id && stop.step.id === step.id);
  const empty = all.find((stop) => stop.scenario.id === "none");
  return empty && empty !== all[at] ? empty : (all[at - 1] ?? all[at + 1]);
}
