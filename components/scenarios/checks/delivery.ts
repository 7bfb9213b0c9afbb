import type { Caller } from "./caller.ts";

/** How often a request arrives at the pods of one workload. */
export interface Arrival {
  readonly app: string;
  /** Value of the label `version`. */
  readonly version: string;
  /** Container whose log has a line a request. */
  readonly container: string;
  readonly times: number;
}

/**
 * Requests with an id of their own each, and how many lines of which workload's log hold that id: which pods a request
 * was delivered to, whoever answered it. Every one of them must be answered with 200.
 */
export interface DeliveryCheck {
  readonly kind: "delivery";
  readonly caller: Caller;
  /** Its query `id` is added. */
  readonly url: string;
  /** @default 3 */
  readonly requests?: number;
  readonly arrivals: readonly Arrival[];
}
