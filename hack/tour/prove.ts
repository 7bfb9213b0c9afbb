import type { Expectation } from "../../components/scenarios/expectation.ts";
import type { LabOutputs, Scenario } from "../../components/scenarios/scenario.ts";
import { chooseRows } from "../proof/choose-rows.ts";
import { brief } from "../proof/brief-text.ts";
import type { Look } from "../proof/poll.ts";
import { runProof } from "../proof/run-proof.ts";
import type { ProofRules, ProofWorld, Result } from "../proof/run-proof.ts";
import { isDisruptive } from "../proof/scheduling.ts";
import type { Stop } from "./plan.ts";

/** The world a proof looks at. */
export type World = Pick<ProofWorld, "clock" | "look" | "stimulate" | "progress">;

/** How the proofs of a tour are run. */
export interface ProvingRules {
  readonly proof: Omit<ProofRules, "limits">;
  /** Text in the names of the rows that are proved. @default all rows */
  readonly only?: string;
}

/** What a step's proof said before the step was applied. */
export interface Before {
  readonly failed: boolean;
  /** The row that failed, and what it saw. */
  readonly why: string;
}

/** Seconds that a stimulus may take before a step is applied: often there is nobody to call yet. */
const stimulusSeconds = 5;

/**
 * Whether the proof of a stop fails on the lab as it is. Every row is looked at once; after the first one that fails
 * no more looks are begun. Rows that would change the lab are left out.
 */
export async function proveBefore(
  scenarios: readonly Scenario[],
  { scenario, step }: Stop,
  outputs: LabOutputs,
  world: World,
  only?: string,
): Promise<Before> {
  let rows: readonly Expectation[];
  try {
    const place = { scenario: scenario.id, step: step.id };
    const wish = { ...place, disrupt: false, ...(only === undefined ? {} : { only }) };
    ({ rows } = chooseRows(scenarios, { ...outputs, steps: idsOf(scenario) }, wish));
  } catch (error) {
    // A proof may need an output that only this step gives.
    return { failed: true, why: `it can't be asked yet: ${brief((error as Error).message, 160)}` };
  }
  let why: string | undefined;
  const passed = new Map<string, Look>();
  const firstFailure: World = {
    ...world,
    async look(row, since) {
      const before = passed.get(row.name);
      if (before !== undefined) return before;
      if (why !== undefined) return { passed: false, observed: "" };
      const seen = await lookOnce(world, row, since);
      if (seen.passed) passed.set(row.name, seen);
      else why ??= `${row.name}: ${seen.observed || (seen.reason ?? "nothing seen")}`;
      return seen;
    },
    stimulate: (stimulus) =>
      why === undefined
        ? inTime(world.stimulate(stimulus), stimulusSeconds)
        : Promise.reject(new Error("a row has failed already")),
  };
  const rules = { limits: outputs.supply.limits, noDisrupt: true, ...firstLook };
  const results = await runProof(rows, rules, firstFailure);
  const failed = results.find(({ status }) => status === "failed");
  return {
    failed: failed !== undefined,
    why: failed ? (why ?? `${failed.name}: ${failed.reason}`) : "",
  };
}

/**
 * Looks with one call where a row makes several alike: where that one is not as expected, which is what is hoped for
 * here, the others need not be made. Some steps make calls slow.
 */
async function lookOnce(world: World, row: Expectation, since: Date): Promise<Look> {
  try {
    const { check } = row;
    if (check.kind === "http" && check.shares === undefined && (check.times ?? 1) > 1) {
      const first = await world.look({ ...row, check: { ...check, times: 1 } }, since);
      if (!first.passed) return first;
    }
    return await world.look(row, since);
  } catch (error) {
    return { passed: false, observed: "", reason: brief((error as Error).message, 160) };
  }
}

/** With no time to wait, a row passes or fails by its first look. */
const firstLook = { deadlineSeconds: 0, holdSeconds: 0 } as const;

async function inTime(work: Promise<void>, seconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not done within ${seconds} s`));
    }, seconds * 1000);
  });
  work.catch(() => undefined);
  try {
    await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function idsOf({ steps }: Scenario): readonly string[] {
  return steps.map(({ id }) => id);
}

/** A step's proof after it was applied. Times are seconds of wall clock. */
export interface Proven {
  readonly rows: readonly Expectation[];
  readonly results: readonly Result[];
  readonly proofSeconds: number;
  readonly disruptSeconds: number;
}

/**
 * Proves the deployed step: first the rows that leave the lab as it is, as `pulumi up` does, then the others.
 * @throws UserError when the outputs are of a scenario that is not there
 */
export async function proveDeployed(
  scenarios: readonly Scenario[],
  outputs: LabOutputs,
  { proof, only }: ProvingRules,
  world: World,
): Promise<Proven> {
  const wish = { disrupt: true, ...(only === undefined ? {} : { only }) };
  const { rows } = chooseRows(scenarios, outputs, wish);
  const all = { ...proof, limits: outputs.supply.limits };
  const timed = async (
    part: readonly Expectation[],
  ): Promise<{ readonly results: readonly Result[]; readonly seconds: number }> => {
    const began = performance.now();
    const results = await runProof(part, all, world);
    return { results, seconds: (performance.now() - began) / 1000 };
  };
  const calm = await timed(rows.filter((row) => !isDisruptive(row)));
  const disruptive = await timed(rows.filter(isDisruptive));
  const byName = new Map(
    [...calm.results, ...disruptive.results].map((result) => [result.name, result]),
  );
  return {
    rows,
    results: rows.flatMap(({ name }) => byName.get(name) ?? []),
    proofSeconds: calm.seconds,
    disruptSeconds: disruptive.seconds,
  };
}
