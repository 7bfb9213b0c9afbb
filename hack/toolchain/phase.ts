/** One phase of set-up: shown with its elapsed time while it runs, skipped silently when already done. */
export interface Phase {
  /** What is being done, as a reader sees it: "build kind 0.33.0". */
  readonly title: string;
  /** The file that it downloads, where it is one: its size can be told before. */
  readonly url?: string;
  /** True when an earlier run finished this phase: nothing to do. Cheap: files and `docker image inspect` only. */
  done(): Promise<boolean>;
  /**
   * Does it. Safe to run again after an interruption; leaves nothing half-made where `done` looks.
   * @param report shows one live progress line, replacing the last
   */
  run(report: (line: string) => void): Promise<void>;
}

/** A fault the user can mend. Printed as its message alone, without a stack trace; exit code 1. */
export class UserError extends Error {
  override readonly name = "UserError";
}
