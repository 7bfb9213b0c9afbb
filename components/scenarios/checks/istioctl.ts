import type { TextMatch } from "./matchers.ts";

/** One run of `istioctl` on this machine against the lab's cluster: what it prints, on stdout and stderr together. */
export interface IstioctlCheck {
  readonly kind: "istioctl";
  /** What comes after `istioctl`, without the choice of the cluster: `["analyze", "--namespace", "default"]`. */
  readonly args: readonly string[];
  /** Accepted exit codes; `istioctl analyze` ends with 79 where it finds a fault. @default [0] */
  readonly exit?: readonly number[];
  /** @default anything */
  readonly output?: TextMatch;
}
