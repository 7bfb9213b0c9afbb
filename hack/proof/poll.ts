/** What one look at the network or the cluster saw. */
export interface Look {
  readonly passed: boolean;
  /** Short, for the table: `200, body "httpbin-0"`. */
  readonly observed: string;
  /** Why it did not pass. */
  readonly reason?: string;
}

/** Milliseconds since some fixed moment, and a wait of so many: replaced in tests. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** When a look counts. */
export interface PollRules {
  /** Seconds until the looks must have begun to pass. */
  readonly deadlineSeconds: number;
  /** Looks that must pass in a row. */
  readonly passes: number;
  /** Seconds for which they must pass, from the first of the row to the last. 0: no window. */
  readonly holdSeconds: number;
}

/** How a poll ended: with the last look it made. */
export interface Polled extends Look {
  readonly tries: number;
  readonly seconds: number;
}

/** Pauses after looks that failed; the last one is repeated. Milliseconds. */
const failPauses = [100, 200, 500, 1000, 2000] as const;
const passPause = 100;
const holdPause = 1000;

/**
 * Looks until the looks have passed `passes` times in a row, over `holdSeconds`, or the deadline has gone by.
 * A look that fails starts the count anew. A row of passes whose first look began in time may end after the
 * deadline.
 */
export async function poll(
  look: () => Promise<Look>,
  rules: PollRules,
  clock: Clock,
  onLook: (look: Look, tries: number) => void = () => {},
): Promise<Polled> {
  const started = clock.now();
  const elapsed = (): number => clock.now() - started;
  const row = { passes: 0, since: 0, longest: 0 };
  let fails = 0;
  for (let tries = 1; ; tries++) {
    const seen = await look();
    onLook(seen, tries);
    const seconds = Math.round(elapsed() / 10) / 100;
    if (seen.passed) {
      if (row.passes === 0) row.since = elapsed();
      row.passes++;
      row.longest = Math.max(row.longest, row.passes);
      const toHold = rules.holdSeconds * 1000 - (elapsed() - row.since);
      if (row.passes >= rules.passes && toHold <= 0) return { ...seen, tries, seconds };
      await clock.sleep(Math.max(passPause, Math.min(holdPause, toHold)));
      continue;
    }
    row.passes = 0;
    const left = rules.deadlineSeconds * 1000 - elapsed();
    if (left <= 0) {
      const before = row.longest === 0 ? "" : `; it had passed ${row.longest} times in a row`;
      return { ...seen, reason: `${seen.reason ?? "failed"}${before}`, tries, seconds };
    }
    const pause = failPauses[Math.min(fails++, failPauses.length - 1)] ?? passPause;
    await clock.sleep(Math.min(pause, left));
  }
}
