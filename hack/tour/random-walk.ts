/**
 * A walk over the items that never stays where it is. The same seed gives the same walk.
 * @param moves how many items are visited
 * @param start where the walk stands before its first move; it may be no item at all
 */
export function randomWalk<T>(
  items: readonly T[],
  moves: number,
  seed: number,
  start?: T,
): readonly T[] {
  const random = mulberry32(seed);
  const walk: T[] = [];
  let at = start;
  for (let move = 0; move < moves; move++) {
    const others = items.filter((item) => item !== at);
    const next = others[Math.floor(random() * others.length)];
    if (next === undefined) break;
    walk.push(next);
    at = next;
  }
  return walk;
}

/**
 * Numbers from 0 up to, and without, 1. Math.random can't be given a seed.
 * @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
