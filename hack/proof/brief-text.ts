/** `text` on one line, cut to `max` characters. */
export function brief(text: string, max = 100): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length <= max ? line : `${line.slice(0, max - 1)}…`;
}

/** `text` as in `brief`, in double quotes. */
export function quoted(text: string, max = 60): string {
  return `"${brief(text, max)}"`;
}

/** Words in a sentence: "a", "a and b", "a, b and c". */
export function listed(words: readonly (string | number)[], last = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${String(words.at(-1))}`;
}

/** Why `value` is not within the bounds, or nothing. */
export function boundsFault(
  what: string,
  value: number,
  bounds: { readonly atLeast?: number; readonly atMost?: number },
): string | undefined {
  if (bounds.atLeast !== undefined && !(value >= bounds.atLeast))
    return `${what} is ${value}, less than ${bounds.atLeast}`;
  if (bounds.atMost !== undefined && !(value <= bounds.atMost))
    return `${what} is ${value}, more than ${bounds.atMost}`;
  return undefined;
}
