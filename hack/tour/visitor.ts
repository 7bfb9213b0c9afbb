import type { LabOutputs, Scenario } from "../../components/scenarios/scenario.ts";
import { brief, listed } from "../proof/brief-text.ts";
import { elsewhere, nameOf, unmetNeed } from "./plan.ts";
import type { Stop } from "./plan.ts";
import { proveBefore, proveDeployed } from "./prove.ts";
import type { Before, Proven, ProvingRules } from "./prove.ts";
import type { PulumiRun } from "./pulumi-runner.ts";
import { blank, provenPart, verdict } from "./step-record.ts";
import type { TourLab } from "./tour-lab.ts";
import { toTenth } from "./tour-report.ts";
import type { TourStep } from "./tour-report.ts";

/** What is done at each step. */
export interface VisitRules extends ProvingRules {
  readonly before: boolean;
  readonly preview: boolean;
}

/** What visits need. */
export interface Visiting {
  readonly scenarios: readonly Scenario[];
  readonly lab: TourLab;
  readonly rules: VisitRules;
  readonly progress: {
    /** Such as "applying". */
    phase(what: string): void;
  };
  /** Ends a visit: nothing is said of the step it interrupts. */
  readonly signal: AbortSignal;
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

/**
 * Visits stops: proof before, apply, proof, second preview. Remembers what is deployed from one stop to the next; a fault
 * of a stop is noted in its step.
 */
export class Visitor {
  readonly #visiting: Visiting;
  #outputs: LabOutputs;

  constructor(visiting: Visiting) {
    this.#visiting = visiting;
    this.#outputs = visiting.lab.outputs;
  }

  /** @throws the signal's reason when it is aborted */
  async visit(stop: Stop): Promise<TourStep> {
    const reason = unmetNeed(stop, this.#outputs);
    if (reason !== undefined) return { ...blank(stop), status: "skipped", error: reason };
    const faults: string[] = [];
    const before = await this.#orFault(faults, () => this.#before(stop, faults));
    this.#visiting.progress.phase("applying");
    const run = await this.#apply(stop, faults);
    const proven = run.succeeded
      ? await this.#orFault(faults, () => this.#prove(faults))
      : undefined;
    const preview =
      run.succeeded && this.#visiting.rules.preview ? await this.#preview(stop, faults) : 0;
    const objects = await this.#visiting.lab.objects(this.#outputs).catch(() => undefined);
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
    const { rules, progress, scenarios, lab } = this.#visiting;
    if (!rules.before) return undefined;
    if (this.#outputs.scenario === stop.scenario.id && this.#outputs.step === stop.step.id) {
      const away = elsewhere(scenarios, stop);
      if (away === undefined) return undefined;
      progress.phase(`going to ${nameOf(away)} first`);
      await this.#apply(away, faults);
    }
    progress.phase("looking before it is applied");
    const world = lab.world(this.#outputs);
    const before = await unlessAborted(
      proveBefore(scenarios, stop, this.#outputs, world, rules.only),
      this.#visiting.signal,
    );
    if (!before.failed && stop.step.sameEffectAs === undefined) {
      faults.push("its proof passed before it was applied: nothing shows what the step does");
    }
    return before;
  }

  async #apply(stop: Stop, faults: string[]): Promise<PulumiRun> {
    const run = await this.#visiting.lab.apply(stop);
    if (run.succeeded) this.#outputs = this.#visiting.lab.parse(run.outputs);
    else faults.push(`pulumi up to ${nameOf(stop)} failed: ${errorText(run.errors)}`);
    return run;
  }

  async #prove(faults: string[]): Promise<Proven> {
    const { rules, progress, scenarios, lab } = this.#visiting;
    progress.phase("proving");
    const world = lab.world(this.#outputs);
    const proven = await unlessAborted(
      proveDeployed(scenarios, this.#outputs, rules, world),
      this.#visiting.signal,
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
    this.#visiting.progress.phase("looking at a second preview");
    const { succeeded, touched, errors, seconds } = await this.#visiting.lab.preview(stop);
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
      this.#visiting.signal.throwIfAborted();
      faults.push((error as Error).message);
      return undefined;
    }
  }
}

function errorText(errors: readonly string[]): string {
  return brief(errors.join("; ") || "it gave no reason", 600);
}
