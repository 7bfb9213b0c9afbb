import type { LabOutputs, Scenario } from "../../components/scenarios/scenario.ts";
import { brief, listed } from "../proof/brief-text.ts";
import type { ProofRules } from "../proof/run-proof.ts";
import { expectedSeconds } from "./expected-time.ts";
import type { KnownTimes } from "./expected-time.ts";
import { elsewhere, nameOf, unmetNeed } from "./plan.ts";
import type { Stop } from "./plan.ts";
import { proveBefore, proveDeployed } from "./prove.ts";
import type { Before, Proven, World } from "./prove.ts";
import type { PulumiRun } from "./pulumi-runner.ts";
import type { StepObjects } from "./step-objects.ts";
import { blank, provenPart, verdict } from "./step-record.ts";
import { toTenth } from "./tour-report.ts";
import type { TourStep } from "./tour-report.ts";

/** The live lab as a tour uses it. */
export interface TourLab {
  /** Outputs of what is deployed; a tour begins with these. */
  readonly outputs: LabOutputs;
  apply(stop: Stop): Promise<PulumiRun>;
  preview(stop: Stop): Promise<PulumiRun>;
  /** Outputs as a proof reads them; throws where they are not a lab's. */
  parse(outputs: unknown): LabOutputs;
  world(outputs: LabOutputs): Promise<World>;
  objects(outputs: LabOutputs): Promise<StepObjects>;
}

/** Told of how far a tour is. */
export interface TourProgress {
  /** @param expected seconds */
  begin(stop: Stop, index: number, expected: number): void;
  /** Such as "applying". */
  phase(what: string): void;
  end(stop: Stop, index: number, step: TourStep, seconds: number): void;
}

/** What is done at each step. */
export interface WalkRules {
  readonly before: boolean;
  readonly preview: boolean;
  readonly proof: Omit<ProofRules, "limits">;
}

/** What a walk needs besides the stops. */
export interface Walk {
  readonly scenarios: readonly Scenario[];
  readonly lab: TourLab;
  readonly rules: WalkRules;
  readonly progress: TourProgress;
  /** Seconds of earlier tours. */
  readonly known: KnownTimes;
  /** Ends the walk: the step it interrupts is not noted. */
  readonly signal: AbortSignal;
  /** Takes each step as soon as it is finished. */
  note(index: number, step: TourStep, seconds: number): void;
}

/**
 * Walks the stops; a step that fails does not stop it.
 * @param isDone stops that an earlier tour finished, by their place
 * @throws the signal's reason when it is aborted
 */
export async function walk(
  stops: readonly Stop[],
  isDone: (index: number) => boolean,
  walking: Walk,
): Promise<void> {
  const visitor = new Visitor(walking);
  for (const [index, stop] of stops.entries()) {
    if (isDone(index)) continue;
    walking.signal.throwIfAborted();
    walking.progress.begin(stop, index, expectedSeconds(stop, walking.known));
    const began = performance.now();
    const step = await visitor.visit(stop);
    const seconds = (performance.now() - began) / 1000;
    walking.note(index, step, seconds);
    walking.progress.end(stop, index, step, seconds);
  }
}

/** A proof can't be ended in the middle: after an interruption nobody waits for it. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    reject(signal.reason as Error);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Remembers what is deployed from one stop to the next. */
class Visitor {
  readonly #walk: Walk;
  #outputs: LabOutputs;

  constructor(walking: Walk) {
    this.#walk = walking;
    this.#outputs = walking.lab.outputs;
  }

  async visit(stop: Stop): Promise<TourStep> {
    const reason = unmetNeed(stop, this.#outputs);
    if (reason !== undefined) return { ...blank(stop), status: "skipped", error: reason };
    const faults: string[] = [];
    const before = await this.#orFault(faults, () => this.#before(stop, faults));
    this.#walk.progress.phase("applying");
    const run = await this.#apply(stop, faults);
    const proven = run.succeeded
      ? await this.#orFault(faults, () => this.#prove(faults))
      : undefined;
    const preview =
      run.succeeded && this.#walk.rules.preview ? await this.#preview(stop, faults) : 0;
    const objects = await this.#walk.lab.objects(this.#outputs).catch(() => undefined);
    const { created, updated, replaced, deleted } = run;
    return {
      ...blank(stop),
      ...(before ? { failedBefore: before.failed, before: before.why } : {}),
      ...(proven ? provenPart(proven) : {}),
      ...{ created, updated, replaced, deleted },
      applySeconds: toTenth(run.seconds),
      previewSeconds: toTenth(preview),
      ...(objects ? { objects } : {}),
      ...verdict(faults, proven),
    };
  }

  async #before(stop: Stop, faults: string[]): Promise<Before | undefined> {
    const { rules, progress, scenarios, lab } = this.#walk;
    if (!rules.before) return undefined;
    if (this.#outputs.scenario === stop.scenario.id && this.#outputs.step === stop.step.id) {
      const away = elsewhere(scenarios, stop);
      if (away === undefined) return undefined;
      progress.phase(`going to ${nameOf(away)} first`);
      await this.#apply(away, faults);
    }
    progress.phase("looking before it is applied");
    const world = await lab.world(this.#outputs);
    const before = await unlessAborted(
      proveBefore(scenarios, stop, this.#outputs, world),
      this.#walk.signal,
    );
    if (!before.failed && stop.step.sameEffectAs === undefined) {
      faults.push("its proof passed before it was applied: nothing shows what the step does");
    }
    return before;
  }

  async #apply(stop: Stop, faults: string[]): Promise<PulumiRun> {
    const run = await this.#walk.lab.apply(stop);
    if (run.succeeded) this.#outputs = this.#walk.lab.parse(run.outputs);
    else faults.push(`pulumi up to ${nameOf(stop)} failed: ${errorText(run.errors)}`);
    return run;
  }

  async #prove(faults: string[]): Promise<Proven> {
    const { rules, progress, scenarios, lab } = this.#walk;
    progress.phase("proving");
    const world = await lab.world(this.#outputs);
    const proven = await unlessAborted(
      proveDeployed(scenarios, this.#outputs, rules.proof, world),
      this.#walk.signal,
    );
    const failed = proven.results.filter(({ status }) => status === "failed");
    if (failed.length > 0) {
      faults.push(
        `${failed.length} of ${proven.results.length} rows failed: ${listed(failed.map(({ name }) => name))}`,
      );
    }
    return proven;
  }

  async #preview(stop: Stop, faults: string[]): Promise<number> {
    this.#walk.progress.phase("looking at a second preview");
    const { succeeded, touched, errors, seconds } = await this.#walk.lab.preview(stop);
    if (!succeeded) {
      const what = touched.length > 0 ? listed(touched.slice(0, 5)) : errorText(errors);
      faults.push(`a second preview is not empty: ${what}`);
    }
    return seconds;
  }

  /** A fault of one step is not the end of the tour; an interruption is. */
  async #orFault<T>(faults: string[], work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#walk.signal.throwIfAborted();
      faults.push((error as Error).message);
      return undefined;
    }
  }
}

function errorText(errors: readonly string[]): string {
  return brief(errors.join("; ") || "it gave no reason", 600);
}
