/**
 * The middle value; of an even number of values the mean of the two in the middle.
 * @throws RangeError for no values
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError("no values, no median");
  return (lower + upper) / 2;
}

/** `part / whole` to two decimals, as a reader compares them. */
export function ratio(part: number, whole: number): number {
  return Math.round((part / whole) * 100) / 100;
}

/** Of the items, the one whose value is nearest to the target; the first of two equally near ones. */
export function nearest<T>(
  items: readonly T[],
  value: (item: T) => number,
  target: number,
): T | undefined {
  const distance = (item: T): number => Math.abs(value(item) - target);
  return items.toSorted((a, b) => distance(a) - distance(b))[0];
}
