import { describe, expect, it } from "vitest";
import type { Expectation, Stimulus } from "../../components/scenarios/expectation.ts";
import type { Look } from "../../hack/proof/poll.ts";
import { runProof } from "../../hack/proof/run-proof.ts";
import type { ProofRules, Result } from "../../hack/proof/run-proof.ts";
import { fakeClock } from "./fake-clock.ts";

const check = { kind: "object", resource: "pods" } as const;
const rules: ProofRules = { limits: { kiali: "no web UI" }, noDisrupt: false };
const deletePod: Stimulus = { do: "delete-pod", name: "httpbin-0" };

function row(name: string, more: Partial<Expectation> = {}): Expectation {
  return { name, expected: `${name} holds`, check, ...more };
}

interface World {
  readonly look?: (row: Expectation) => Look | Promise<Look>;
  readonly stimulate?: () => Promise<void>;
}

interface Told {
  readonly results: readonly Result[];
  /** What happened, in order. */
  readonly log: readonly string[];
  readonly sinces: readonly number[];
  /** Looks that were under way at once. */
  readonly most: number;
}

async function proved(
  rows: readonly Expectation[],
  { look, stimulate }: World = {},
  more: Partial<ProofRules> = {},
): Promise<Told> {
  const clock = fakeClock(1_000_000);
  const log: string[] = [];
  const sinces: number[] = [];
  let active = 0;
  let most = 0;
  const world = {
    clock,
    look: async (given: Expectation, since: Date): Promise<Look> => {
      log.push(given.name);
      sinces.push(since.getTime() - 1_000_000);
      most = Math.max(most, ++active);
      await clock.sleep(50);
      active--;
      return look?.(given) ?? { passed: true, observed: "good" };
    },
    stimulate: async ({ do: what }: Stimulus): Promise<void> => {
      log.push(what);
      await clock.sleep(1000);
      await stimulate?.();
    },
  };
  const results = await clock.run(runProof(rows, { ...rules, ...more }, world));
  return { results, log, sinces, most };
}

describe("runProof", () => {
  it("gives one result a row, in the order of the rows", async () => {
    const { results } = await proved([
      row("late", { after: [deletePod] }),
      row("skipped", { needs: "kiali" }),
      row("soon"),
    ]);
    expect(results).toEqual([
      {
        name: "late",
        status: "passed",
        expected: "late holds",
        observed: "good",
        reason: "",
        tries: 3,
        seconds: 0.35,
      },
      {
        name: "skipped",
        status: "skipped",
        expected: "skipped holds",
        observed: "",
        reason: "no web UI",
        tries: 0,
        seconds: 0,
      },
      {
        name: "soon",
        status: "passed",
        expected: "soon holds",
        observed: "good",
        reason: "",
        tries: 3,
        seconds: 0.35,
      },
    ]);
  });

  it("looks at independent rows at the same time, and stimulates once they are done", async () => {
    const { log } = await proved([row("a"), row("b"), row("c", { after: [deletePod] })]);
    expect(log).toEqual(["a", "b", "a", "b", "a", "b", "delete-pod", "c", "c", "c"]);
  });

  it("counts log lines from the moment the stimulus began", async () => {
    const { sinces } = await proved([row("a"), row("c", { after: [deletePod] })]);
    expect(sinces).toEqual([0, 0, 0, 350, 350, 350]);
  });

  it("never has more looks under way than it may", async () => {
    const rows = Array.from({ length: 20 }, (_, index) => row(`row ${index}`));
    const { log, most } = await proved(rows, {}, { width: 3 });
    expect(most).toBe(3);
    expect(log).toHaveLength(60);
  });

  it("neither looks at nor stimulates for a skipped row", async () => {
    const { results, log } = await proved(
      [row("c", { after: [deletePod] })],
      {},
      { noDisrupt: true },
    );
    expect(log).toEqual([]);
    expect(results[0]).toMatchObject({
      status: "skipped",
      reason: "it changes the lab for a moment, and this run may not (--no-disrupt)",
    });
  });

  it("fails a row at its own deadline, and the others pass", async () => {
    const look = ({ name }: Expectation): Look => ({
      passed: name === "good",
      observed: "x",
      reason: "no",
    });
    const { results } = await proved([row("bad", { deadlineSeconds: 2 }), row("good")], { look });
    expect(results.map(({ status, reason }) => [status, reason])).toEqual([
      ["failed", "no"],
      ["passed", ""],
    ]);
    expect(results[0]?.seconds).toBeCloseTo(2, 0);
  });

  it("lets the deadline of the run replace that of a row", async () => {
    const look = (): Look => ({ passed: false, observed: "x", reason: "no" });
    const { results } = await proved([row("bad")], { look }, { deadlineSeconds: 5 });
    expect(results[0]?.seconds).toBeCloseTo(5, 0);
  });

  it.each([
    [undefined, 6.05],
    [2, 2.05],
  ])("holds a negative row, hold %s", async (holdSeconds, seconds) => {
    const more = holdSeconds === undefined ? {} : { holdSeconds };
    const { results } = await proved([row("never", { negative: true })], {}, more);
    expect(results[0]?.status).toBe("passed");
    expect(results[0]?.seconds).toBeCloseTo(seconds, 0);
  });

  it("takes a look that could not be made for one that failed, even for a negative", async () => {
    const look = (): Promise<Look> => Promise.reject(new Error("no such pod"));
    const { results } = await proved([row("x", { negative: true, deadlineSeconds: 1 })], { look });
    expect(results[0]).toMatchObject({
      status: "failed",
      observed: "no such pod",
      reason: "no such pod",
    });
  });

  it("fails the rows of a stimulus that could not be done, without a look", async () => {
    const stimulate = (): Promise<void> => Promise.reject(new Error("pods is forbidden"));
    const { results, log } = await proved([row("c", { after: [deletePod] }), row("a")], {
      stimulate,
    });
    expect(results.map(({ status, reason, tries }) => [status, reason, tries])).toEqual([
      ["failed", "what it comes after failed: pods is forbidden", 0],
      ["passed", "", 3],
    ]);
    expect(log).not.toContain("c");
  });
});
