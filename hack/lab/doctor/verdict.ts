/** What a check found. A blocker keeps the lab from coming up; a warning may. */
export interface Verdict {
  readonly status: "ok" | "warn" | "blocker";
  /** What was found, in a few words. */
  readonly found: string;
  /** What to do; only when it is not ok. */
  readonly hint?: string;
}

/** All is well. @param found what was looked at, as it is: there is nothing to do */
export function ok(found: string): Verdict {
  return { status: "ok", found };
}

/** The lab may come up as it is. @param hint what to do to be sure */
export function warn(found: string, hint: string): Verdict {
  return { status: "warn", found, hint };
}

/** The lab can't come up as it is. @param hint what has to be done first */
export function blocker(found: string, hint: string): Verdict {
  return { status: "blocker", found, hint };
}
