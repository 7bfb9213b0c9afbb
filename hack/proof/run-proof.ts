import type { Expectation, Stimulus } from "../../components/scenarios/expectation.ts";
import { atMost } from "./at-most.ts";
import { brief } from "./brief-text.ts";
import { poll } from "./poll.ts";
import type { Clock, Look, PollRules } from "./poll.ts";
import { skipReason, stages } from "./scheduling.ts";
import type { SkipRules, Stage } from "./scheduling.ts";

/** One row of the finished proof. */
export interface Result {
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly expected: string;
  /** What the last look saw; empty where there was none. */
  readonly observed: string;
  /** Why it failed or was skipped; empty where it passed. */
  readonly reason: string;
  readonly tries: number;
  readonly seconds: number;
}

/** What a proof needs from the world. */
export interface ProofWorld {
  readonly clock: Clock;
  /**
   * Looks once.
   * @param since when the row, or its stimulus, began; log lines count from there
   */
  look(row: Expectation, since: Date): Promise<Look>;
  stimulate(stimulus: Stimulus): Promise<void>;
  /** Told of every look and of every finished row. */
  readonly progress?: {
    looked(row: Expectation, look: Look, tries: number): void;
    finished(result: Result): void;
  };
}

/** How a proof is run. */
export interface ProofRules extends SkipRules {
  /** Replaces the deadline of every row. @default each row's own, else 60 */
  readonly deadlineSeconds?: number;
  /** Seconds a negative row must hold. @default 6 */
  readonly holdSeconds?: number;
  /** Looks under way at once. @default 8 */
  readonly width?: number;
}

const defaultDeadlineSeconds = 60;
const defaultHoldSeconds = 6;
const defaultWidth = 8;
const passesInARow = 3;

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function rulesOf(row: Expectation, rules: ProofRules): PollRules {
  return {
    deadlineSeconds: rules.deadlineSeconds ?? row.deadlineSeconds ?? defaultDeadlineSeconds,
    passes: oneLookIsEnough(row) ? 1 : passesInARow,
    holdSeconds: row.negative ? (rules.holdSeconds ?? defaultHoldSeconds) : 0,
  };
}

/**
 * True where one look is enough: it makes as many calls in a row as a pass needs, since starting a process for each
 * costs more than the calls do, or it reads all of the cluster's objects at once. A negative row is looked at again and
 * again, for it has a window to hold.
 */
function oneLookIsEnough({ check, negative = false }: Expectation): boolean {
  if (negative) return false;
  if (check.kind === "load" || check.kind === "stage") return true;
  if (check.kind === "delivery") return (check.requests ?? passesInARow) >= passesInARow;
  if (check.kind === "http") return (check.times ?? 1) >= passesInARow;
  return check.kind === "http2" && (check.rounds ?? passesInARow) >= passesInARow;
}

/** The row with the calls of all its passes in one look, where its check can make them. */
function inOneLook(row: Expectation): Expectation {
  const { check, negative = false } = row;
  if (check.kind !== "http" || negative) return row;
  return { ...row, check: { ...check, times: Math.max(passesInARow, check.times ?? 1) } };
}

function unseen(row: Expectation, status: "failed" | "skipped", reason: string): Result {
  const { name, expected } = row;
  return { name, status, expected, observed: "", reason, tries: 0, seconds: 0 };
}

/** Does what the stage begins with; why that failed, or nothing. */
async function begin(stage: Stage, world: ProofWorld): Promise<string | undefined> {
  try {
    for (const stimulus of stage.stimuli) await world.stimulate(stimulus);
    return undefined;
  } catch (error) {
    return `what it comes after failed: ${message(error)}`;
  }
}

/**
 * Proves every row, see `stages` and `poll` for when. A row's own fault never stops the others.
 * @returns one result a row, in the order of the rows
 */
export async function runProof(
  rows: readonly Expectation[],
  rules: ProofRules,
  world: ProofWorld,
): Promise<readonly Result[]> {
  const results = new Map<string, Result>();
  const finish = (result: Result): void => {
    results.set(result.name, result);
    world.progress?.finished(result);
  };
  const inTurn = atMost(rules.width ?? defaultWidth);

  async function prove(row: Expectation, since: Date): Promise<void> {
    const look = (): Promise<Look> =>
      inTurn(() => world.look(row, since)).catch((error: unknown): Look => ({
        passed: false,
        observed: brief(message(error)),
        reason: message(error),
      }));
    const seen = await poll(look, rulesOf(row, rules), world.clock, (seenNow, tries) =>
      world.progress?.looked(row, seenNow, tries),
    );
    const { passed, observed, tries, seconds } = seen;
    finish({
      name: row.name,
      status: passed ? "passed" : "failed",
      expected: row.expected,
      observed,
      reason: passed ? "" : (seen.reason ?? ""),
      tries,
      seconds,
    });
  }

  const proved: Expectation[] = [];
  for (const row of rows.map(inOneLook)) {
    const reason = skipReason(row, rules);
    if (reason === undefined) proved.push(row);
    else finish(unseen(row, "skipped", reason));
  }
  for (const stage of stages(proved)) {
    const since = new Date(world.clock.now());
    const fault = await begin(stage, world);
    if (fault === undefined) await Promise.all(stage.rows.map((row) => prove(row, since)));
    else for (const row of stage.rows) finish(unseen(row, "failed", fault));
  }
  return rows.map((row) => results.get(row.name) ?? unseen(row, "failed", "it was not run"));
}
