import type { Clock } from "../../hack/proof/poll.ts";

/** A clock whose time passes only while everybody sleeps. */
export interface FakeClock extends Clock {
  /** Runs the work to its end, moving on from one sleeper's end to the next. */
  run<T>(work: Promise<T>): Promise<T>;
}

/** A clock that shows `start` milliseconds. */
export function fakeClock(start = 0): FakeClock {
  let time = start;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ at: time + milliseconds, wake });
      }),
    async run(work) {
      const ended = { yes: false };
      const end = (): void => {
        ended.yes = true;
      };
      work.then(end, end);
      for (;;) {
        // Everything that can go on without time passing does so before this comes back.
        await new Promise((resolve) => setImmediate(resolve));
        if (ended.yes) return work;
        sleepers.sort((one, other) => one.at - other.at);
        const next = sleepers.shift();
        if (next === undefined) throw new Error("nothing sleeps, and the work is not done");
        time = next.at;
        next.wake();
      }
    },
  };
}
