import type { PodPlace } from "./exec.ts";

/**
 * Load tests with fortio, one after the other, each with more connections at once than the one before: a circuit
 * breaker lets some calls through and answers 503 in place of the others. It holds where the first run has at least one
 * answer of 200, the last at least one of 503, no run a smaller share of 503 than the one before, and where the proxy
 * of the pod counted at least one call that it held back, and no more than there were answers of 503.
 */
export interface LoadCheck {
  readonly kind: "load";
  /** Pod with fortio, and a proxy that counts. */
  readonly in: PodPlace;
  readonly url: string;
  /** Calls of one run. */
  readonly calls: number;
  /** Connections of each run. */
  readonly connections: readonly number[];
  /** Connections of one more run, made only where none of the others had an answer of 503. */
  readonly otherwise: number;
  /** Regular expression on the names of the proxy's counters of calls held back. */
  readonly heldBack: string;
}
