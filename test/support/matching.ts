import { expect } from "vitest";

/** A text that matches, as part of an expected value; vitest's own matcher is typed `any`. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
