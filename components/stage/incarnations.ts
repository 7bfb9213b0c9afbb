import { z } from "zod";

/** How many times each object of the stage has been made, by its key. */
export type Incarnations = Readonly<Record<string, number>>;

const schema = z.record(z.string(), z.int().min(1));

/** Reads `.lab/<stack>/incarnations.json`; nothing known where there is no file, or one that was cut short. */
export function readIncarnations(text: string | undefined): Incarnations {
  if (text === undefined) return {};
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/**
 * The number an object carries as its replacement trigger. Pulumi does not look at the cluster, so this is how an
 * object that was deleted by hand, or by a proof that then failed, is noticed: another number makes it anew.
 * @param live keys of the objects that are there; undefined when the cluster could not be asked
 */
export function incarnationOf(
  key: string,
  known: Incarnations,
  live: ReadonlySet<string> | undefined,
): number {
  const before = known[key];
  if (before === undefined) return 1;
  return live === undefined || live.has(key) ? before : before + 1;
}

/**
 * True where the notes and the cluster disagree about an object: it may be made anew, and as its name is fixed, what is
 * left of it must go first. Otherwise a replacement has another reason, a new cluster for one: then there is nothing
 * in the way, and the old cluster may no longer be there to delete anything in.
 */
export function disagree(
  key: string,
  known: Incarnations,
  live: ReadonlySet<string> | undefined,
): boolean {
  return live !== undefined && live.has(key) === (known[key] === undefined);
}
