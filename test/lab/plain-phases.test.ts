import { expect, it } from "vitest";
import { runPlain, seconds } from "../../hack/lab/plain-phases.ts";
import { unfinished } from "../../hack/lab/run-phases.ts";
import type { Phase } from "../../hack/toolchain/phase.ts";

/** A phase that takes `takes` seconds of a clock of ours and reports once a second. */
function phase(title: string, clock: { ms: number }, takes: number, done = false): Phase {
  return {
    title,
    done: () => Promise.resolve(done),
    run(report) {
      for (let second = 1; second <= takes; second++) {
        clock.ms += 1000;
        report(`${second} of ${takes}`);
      }
      return Promise.resolve();
    },
  };
}

it("says when a phase starts and ends, and every 30 s how far it is", async () => {
  const clock = { ms: 0 };
  const lines: string[] = [];
  await runPlain(
    [phase("engine", clock, 12), phase("images", clock, 70), phase("tools", clock, 9, true)],
    (line) => lines.push(line),
    () => clock.ms,
  );
  expect(lines).toEqual([
    "[   0.0 s] engine: start",
    "[  12.0 s] engine: done in 12.0 s",
    "[  12.0 s] images: start",
    "[  42.0 s] images: 30 of 70",
    "[  72.0 s] images: 60 of 70",
    "[  82.0 s] images: done in 1 min 10 s",
  ]);
});

it("says which phase failed and passes its fault on", async () => {
  const lines: string[] = [];
  const broken: Phase = {
    title: "kind 0.33.0",
    done: () => Promise.resolve(false),
    run: () => Promise.reject(new Error("no room")),
  };
  const clock = { ms: 0 };
  const attempt = runPlain(
    [broken, phase("tools", clock, 1)],
    (line) => lines.push(line),
    () => clock.ms,
  );
  await expect(attempt).rejects.toThrow("no room");
  expect(lines).toEqual([
    "[   0.0 s] kind 0.33.0: start",
    "[   0.0 s] kind 0.33.0: failed after 0.0 s",
  ]);
});

it("asks all phases at once which are done, and keeps their order", async () => {
  const clock = { ms: 0 };
  const all = [phase("a", clock, 1), phase("b", clock, 1, true), phase("c", clock, 1)];
  expect((await unfinished(all)).map(({ title }) => title)).toEqual(["a", "c"]);
});

it.each([
  [0, "0.0 s"],
  [4_240, "4.2 s"],
  [59_940, "59.9 s"],
  [59_960, "1 min 0 s"],
  [200_000, "3 min 20 s"],
])("%i ms read %s", (ms, text) => {
  expect(seconds(ms)).toBe(text);
});
