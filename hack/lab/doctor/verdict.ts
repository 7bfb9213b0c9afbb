/** What a check found. A blocker keeps the lab from coming up; a warning may. */
export interface Verdict {
  readonly status: "ok" | "warn" | "blocker";
  /** What was found, in a few words. */
  readonly found: string;
  /** What to do; only when it is not ok. */
  readonly hint?: string;
}

export function ok(found: string): Verdict {
  return { status: "ok", found };
}

export function warn(found: string, hint: string): Verdict {
  return { status: "warn", found, hint };
}

export function blocker(found: string, hint: string): Verdict {
  return { status: "blocker", found, hint };
}
