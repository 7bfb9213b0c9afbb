import type { TextMatch } from "./matchers.ts";

/** Where a command runs: a container of a Ready pod labelled `app: <app>`. */
export interface PodPlace {
  readonly app: string;
  /** @default "default" */
  readonly namespace?: string;
  /** @default the value of `app` */
  readonly container?: string;
}

/** A number in what a command printed. */
export interface NumberInText {
  /** What it is, for the table. */
  readonly name: string;
  /** Regular expression whose first group is the number; of several matches the sum counts, of none 0. */
  readonly pattern: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A command in a pod, without a shell: what it prints, on stdout and stderr together. */
export interface ExecCheck {
  readonly kind: "exec";
  readonly in: PodPlace;
  readonly command: readonly [string, ...string[]];
  /** Commands that run there before it at every look, one after the other; what they print is not looked at. */
  readonly before?: readonly (readonly [string, ...string[]])[];
  /** Accepted exit codes. @default [0] */
  readonly exit?: readonly number[];
  /** @default anything */
  readonly output?: TextMatch;
  readonly numbers?: readonly NumberInText[];
}
