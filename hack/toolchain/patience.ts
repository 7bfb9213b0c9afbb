import pRetry from "p-retry";
import { UserError } from "./phase.ts";

/** A fault that may be gone in a moment: a place that is down or busy, a line that is cut. */
export class PassingFault extends UserError {
  /** How often it is tried in all before it is said. */
  readonly tries: number;

  constructor(message: string, tries: number) {
    super(message);
    this.tries = tries;
  }
}

/** Tries for a place that is not there: over a minute in all. */
export const whileDown = 8;

/** Tries for what breaks off in the middle: the place is there, and asking often costs both sides. */
export const whileBroken = 4;

/**
 * Does something of the network, again where a {@link PassingFault} stops it: after 1 s, 2 s, 4 s and so on, at most 20 s.
 * @param report is told what is wrong, and when it is tried again
 * @param firstMs the first pause, in milliseconds; tests have less time. @default 1000
 * @throws the last fault, once it was tried as often as it says; any other fault at once
 */
export function patiently<T>(
  work: () => Promise<T>,
  report: (line: string) => void,
  firstMs = 1_000,
): Promise<T> {
  return pRetry(work, {
    retries: whileDown - 1,
    minTimeout: firstMs,
    maxTimeout: 20 * firstMs,
    shouldRetry: ({ error, attemptNumber }) =>
      error instanceof PassingFault && attemptNumber < error.tries,
    onFailedAttempt: ({ error, attemptNumber, retryDelay }) => {
      if (error instanceof PassingFault && attemptNumber < error.tries) {
        report(`${error.message} Again in ${Math.ceil(retryDelay / 1000)} s.`);
      }
    },
  });
}
