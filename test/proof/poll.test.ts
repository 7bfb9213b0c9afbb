import { describe, expect, it } from "vitest";
import { poll } from "../../hack/proof/poll.ts";
import type { Look, Polled, PollRules } from "../../hack/proof/poll.ts";
import { fakeClock } from "./fake-clock.ts";

const positive: PollRules = { deadlineSeconds: 10, passes: 3, holdSeconds: 0 };
const negative: PollRules = { deadlineSeconds: 10, passes: 3, holdSeconds: 6 };

interface Seen {
  readonly result: Polled;
  /** Milliseconds at which the looks were made. */
  readonly at: readonly number[];
}

/** Looks that pass ("+") or fail ("-"); the last one is repeated. Each takes `took` milliseconds. */
async function polled(script: string, rules: PollRules, took = 0): Promise<Seen> {
  const clock = fakeClock();
  const at: number[] = [];
  const look = async (): Promise<Look> => {
    const sign = script[Math.min(at.length, script.length - 1)];
    at.push(clock.now());
    if (took > 0) await clock.sleep(took);
    return sign === "+"
      ? { passed: true, observed: "good" }
      : { passed: false, observed: "bad", reason: "it is bad" };
  };
  return { result: await clock.run(poll(look, rules, clock)), at };
}

describe("poll", () => {
  it("ends after three passes, 100 ms apart", async () => {
    const { result, at } = await polled("+", positive);
    expect(result).toEqual({ passed: true, observed: "good", tries: 3, seconds: 0.2 });
    expect(at).toEqual([0, 100, 200]);
  });

  it("backs off to two seconds while the looks fail, and looks a last time at the deadline", async () => {
    const { result, at } = await polled("-", positive);
    expect(at).toEqual([0, 100, 300, 800, 1800, 3800, 5800, 7800, 9800, 10_000]);
    expect(result).toEqual({
      passed: false,
      observed: "bad",
      reason: "it is bad",
      tries: 10,
      seconds: 10,
    });
  });

  it("counts anew after a look that fails", async () => {
    const { result } = await polled("++-++-+++", positive);
    expect(result).toMatchObject({ passed: true, tries: 9 });
  });

  it("says how long it had passed where it fails in the end", async () => {
    const { result } = await polled("++-", positive);
    expect(result).toMatchObject({
      passed: false,
      reason: "it is bad; it had passed 2 times in a row",
    });
  });

  it("fails what never passes three times in a row", async () => {
    const { result } = await polled("++-".repeat(40), positive);
    expect(result.passed).toBe(false);
    expect(result.reason).toBe("it is bad; it had passed 2 times in a row");
  });

  it("lets a row that began to pass in time end after the deadline", async () => {
    const { result } = await polled(`${"-".repeat(9)}+`, positive);
    expect(result).toMatchObject({ passed: true, tries: 12, seconds: 10.2 });
  });

  it("ends at the first fail after the deadline", async () => {
    const { result } = await polled(`${"-".repeat(8)}++-+++`, positive, 50);
    expect(result).toMatchObject({ passed: false, tries: 11, seconds: 10.35 });
  });

  it("holds a negative for its window, a second between looks", async () => {
    const { result, at } = await polled("+", negative);
    expect(at).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000]);
    expect(result).toMatchObject({ passed: true, tries: 7, seconds: 6 });
  });

  it("begins the window anew where a negative stops to hold", async () => {
    const { result, at } = await polled("-+++-+", negative);
    expect(at).toEqual([0, 100, 1100, 2100, 3100, 3300, 4300, 5300, 6300, 7300, 8300, 9300]);
    expect(result).toMatchObject({ passed: true, tries: 12 });
  });

  it("looks at a negative three times at least, however short its window", async () => {
    const { result } = await polled("+", { ...negative, holdSeconds: 0.01 });
    expect(result.tries).toBe(3);
  });

  it("fails a negative that happens within its window, after the deadline", async () => {
    const { result } = await polled(`${"+".repeat(5)}-`, { ...negative, deadlineSeconds: 3 });
    expect(result).toMatchObject({
      passed: false,
      tries: 6,
      reason: "it is bad; it had passed 5 times in a row",
    });
  });

  it("tells of every look", async () => {
    const clock = fakeClock();
    const told: (string | number)[] = [];
    const look = (): Promise<Look> => Promise.resolve({ passed: true, observed: "good" });
    await clock.run(
      poll(look, positive, clock, ({ observed }, tries) => told.push(observed, tries)),
    );
    expect(told).toEqual(["good", 1, "good", 2, "good", 3]);
  });
});
