import type { Expectation } from "../../components/scenarios/expectation.ts";
import type { LabOutputs, Scenario, Step } from "../../components/scenarios/scenario.ts";
import { allStops } from "../../hack/tour/plan.ts";
import type { Stop } from "../../hack/tour/plan.ts";
import type { World } from "../../hack/tour/prove.ts";
import type { PulumiRun } from "../../hack/tour/pulumi-runner.ts";
import type { KnownTimes } from "../../hack/tour/expected-time.ts";
import type { SavedTour, TourNotes } from "../../hack/tour/saved-tour.ts";
import type { TourLab } from "../../hack/tour/tour-lab.ts";
import type { TourProgress } from "../../hack/tour/walk.ts";
import { labOutputs } from "../support/lab.ts";

/** A row that asks the gateway for one path. */
export function row(name: string, more: Partial<Expectation> = {}): Expectation {
  const url = `http://localhost/${name}`;
  const check = { kind: "http", caller: { from: "host" }, url, expect: {} } as const;
  return { name, expected: "200", check, ...more };
}

/** A scenario whose steps have one row each, of the step's own name. */
export function scenarioOf(id: string, steps: readonly Step[]): Scenario {
  return {
    id,
    title: `All of ${id}`,
    about: "",
    steps,
    build: () => ({ hosts: [] }),
    proof: (_lab, step) => [row(step)],
    tryIt: (_lab, step) => [`curl ${step}`],
    lookFor: (step) => [`200 from ${step}`],
  };
}

/** One scenario `lesson` with steps one, two (which waits 5 s) and three. */
export const threeSteps = scenarioOf("lesson", [
  { id: "one", about: "the first" },
  { id: "two", about: "the second", waitSeconds: 5 },
  { id: "three", about: "the third" },
]);

/** The stops of one scenario. */
export function stopsOf(scenario: Scenario): readonly Stop[] {
  return allStops([scenario]);
}

/** What a fake lab does wrong. */
export interface Faults {
  /** Steps whose `up` fails. */
  readonly up?: readonly string[];
  /** Steps whose second preview is not empty. */
  readonly preview?: readonly string[];
  /** Rows that pass wherever the lab is. */
  readonly alwaysPass?: readonly string[];
  /** Rows that fail wherever the lab is. */
  readonly neverPass?: readonly string[];
  /** Ends the tour when this step is applied. */
  readonly interruptAt?: string;
}

/** A lab in memory: a row passes when the step of its name is deployed. */
export function fakeTourLab(
  at: string,
  faults: Faults = {},
  stop: AbortController = new AbortController(),
): { readonly lab: TourLab; readonly done: string[] } {
  const done: string[] = [];
  let time = 0;
  let deployed = labOutputs(at, 1, { scenario: "lesson" });
  const run = (succeeded: boolean, more: Partial<PulumiRun> = {}): PulumiRun => ({
    succeeded,
    seconds: 1.5,
    created: 1,
    updated: 0,
    replaced: 0,
    deleted: 2,
    errors: [],
    touched: [],
    ...more,
  });
  const world: World = {
    clock: {
      now: () => time,
      sleep(milliseconds) {
        time += milliseconds;
        return Promise.resolve();
      },
    },
    look({ name }) {
      if (name.startsWith("the cluster has the objects")) {
        return Promise.resolve({ passed: true, observed: "0 objects" });
      }
      const here = deployed.step === name || (faults.alwaysPass ?? []).includes(name);
      const passed = here && !(faults.neverPass ?? []).includes(name);
      return Promise.resolve({ passed, observed: passed ? "200" : "404" });
    },
    stimulate: () => Promise.resolve(),
  };
  const lab: TourLab = {
    outputs: deployed,
    apply({ scenario, step }) {
      done.push(`up ${step.id}`);
      if (faults.interruptAt === step.id) {
        stop.abort(new Error("interrupted"));
        stop.signal.throwIfAborted();
      }
      if (faults.up?.includes(step.id))
        return Promise.resolve(run(false, { errors: ["no image"] }));
      deployed = { ...deployed, scenario: scenario.id, step: step.id };
      return Promise.resolve(run(true, { outputs: deployed }));
    },
    preview({ step }) {
      done.push(`preview ${step.id}`);
      const dirty = faults.preview?.includes(step.id) ?? false;
      return Promise.resolve(run(!dirty, dirty ? { touched: ["update default/x"] } : {}));
    },
    parse: (outputs) => outputs as LabOutputs,
    world: () => world,
    objects: () => Promise.resolve({ objects: [], pods: [] }),
  };
  return { lab, done };
}

/** Notes in memory. */
export function fakeNotes(saved?: SavedTour): TourNotes & { readonly now: () => SavedTour } {
  let tour = saved;
  let times: KnownTimes = {};
  const load = (): SavedTour => {
    if (tour === undefined) throw new Error("nothing was saved");
    return tour;
  };
  return {
    load,
    now: load,
    save: (value) => {
      tour = value;
    },
    times: () => times,
    saveTimes: (value) => {
      times = value;
    },
  };
}

/** Shows nothing. */
export const silent: TourProgress = { begin: () => {}, phase: () => {}, end: () => {} };
