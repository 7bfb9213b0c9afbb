import { isDeepStrictEqual } from "node:util";
import type { JsonMatch } from "../../components/scenarios/checks/matchers.ts";
import { boundsFault, brief } from "./brief-text.ts";

type PathStep =
  | { readonly key: string }
  | { readonly index: number }
  | { readonly every: true }
  | { readonly where: string; readonly is: string };

const stepPattern =
  /\[(?:(?<index>\d+)|(?<every>\*)|"(?<quoted>[^"]*)"|(?<where>[\w.-]+)=(?<is>[^\]]*))\]|\.?(?<key>[^.[\]]+)/y;

/** The steps of a path as JsonMatch describes it; throws where it can't be read. */
function parsePath(path: string): PathStep[] {
  const steps: PathStep[] = [];
  stepPattern.lastIndex = 0;
  while (stepPattern.lastIndex < path.length) {
    const at = stepPattern.lastIndex;
    const { index, every, quoted, where, is, key } = stepPattern.exec(path)?.groups ?? {};
    const name = quoted ?? key;
    if (index !== undefined) steps.push({ index: Number(index) });
    else if (every !== undefined) steps.push({ every: true });
    else if (where !== undefined) steps.push({ where, is: is ?? "" });
    else if (name !== undefined) steps.push({ key: name });
    else throw new Error(`the JSON path ${path} can't be read from ${path.slice(at)} on`);
  }
  return steps;
}

function members(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value !== null && typeof value === "object" ? Object.values(value) : [];
}

function member(value: unknown, key: string | number): unknown {
  return value !== null && typeof value === "object" && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined;
}

function follow(value: unknown, step: PathStep): readonly unknown[] {
  if ("every" in step) return members(value);
  if ("where" in step)
    return members(value).filter((item) => String(member(item, step.where)) === step.is);
  const found = member(value, "key" in step ? step.key : step.index);
  return found === undefined ? [] : [found];
}

/**
 * What `path` leads to; undefined where it leads nowhere. A path with `[*]` or `[key=value]` always yields an array.
 */
export function valueAt(document: unknown, path: string): unknown {
  const steps = parsePath(path);
  const found = steps.reduce<readonly unknown[]>(
    (values, step) => values.flatMap((value) => follow(value, step)),
    [document],
  );
  return steps.some((step) => "every" in step || "where" in step) ? found : found[0];
}

function shown(value: unknown): string {
  return brief(value === undefined ? "nothing" : JSON.stringify(value), 80);
}

function without(items: readonly unknown[], taken: readonly unknown[]): readonly unknown[] {
  const left = [...items];
  for (const one of taken) {
    const at = left.findIndex((item) => isDeepStrictEqual(item, one));
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

function textOf(value: unknown): string {
  return value !== null && typeof value === "object" ? "" : String(value);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** One function a matcher: why it does not hold, or nothing where it does or is not asked for. */
type Matcher = (value: unknown, match: JsonMatch) => string | undefined;

const equals: Matcher = (value, match) =>
  match.equals === undefined || isDeepStrictEqual(value, match.equals)
    ? undefined
    : `is ${shown(value)}, not ${shown(match.equals)}`;

const bounds: Matcher = (value, match) => {
  if (match.atLeast === undefined && match.atMost === undefined) return undefined;
  const numbers = Array.isArray(value) ? (value as unknown[]) : [value];
  if (numbers.length === 0) return "has no items";
  for (const one of numbers) {
    const number = /^[\d.+-]/.test(textOf(one)) ? Number(one) : NaN;
    if (Number.isNaN(number)) return `is ${shown(one)}, not a number`;
    const outside = boundsFault("value", number, match);
    if (outside !== undefined) return outside;
  }
  return undefined;
};

const contains: Matcher = (value, { contains: part }) => {
  if (part === undefined) return undefined;
  const texts = Array.isArray(value) ? value.map(textOf) : [textOf(value)];
  return texts.some((text) => text.includes(part))
    ? undefined
    : `is ${shown(value)}, without ${shown(part)}`;
};

const each: Matcher = (value, match) => {
  if (match.each === undefined) return undefined;
  if (!Array.isArray(value)) return `is ${shown(value)}, not an array`;
  if (value.length === 0) return "has no items";
  const other = value.filter((item) => !isDeepStrictEqual(item, match.each));
  return other.length === 0 ? undefined : `has ${shown(other[0])}, not only ${shown(match.each)}`;
};

const includes: Matcher = (value, match) => {
  const wanted = match.includes;
  if (wanted === undefined) return undefined;
  if (!Array.isArray(value)) return `is ${shown(value)}, not an array`;
  const missing = without(wanted, value);
  return missing.length === 0 ? undefined : `is ${shown(value)}, without ${shown(missing[0])}`;
};

const sameItems: Matcher = (value, match) => {
  const wanted = match.sameItems;
  if (wanted === undefined) return undefined;
  const missing = includes(value, { path: match.path, includes: wanted });
  if (missing !== undefined) return missing;
  const surplus = without(value as readonly unknown[], wanted);
  return surplus.length === 0 ? undefined : `has ${shown(surplus[0])} too`;
};

const json: Matcher = (value, match) => {
  if (match.json === undefined) return undefined;
  let document: unknown;
  try {
    document = JSON.parse(textOf(value));
  } catch {
    return `is ${shown(value)}, which is not JSON`;
  }
  const faults = match.json.map((inner) => jsonFault(document, inner));
  return faults.find((found) => found !== undefined);
};

const itemsAtLeast: Matcher = (value, { itemsAtLeast: least }) => {
  if (least === undefined) return undefined;
  if (!Array.isArray(value)) return `is ${shown(value)}, not an array`;
  return value.length < least ? `has ${value.length} items, less than ${least}` : undefined;
};

const matchers: readonly Matcher[] = [
  equals,
  bounds,
  contains,
  each,
  includes,
  itemsAtLeast,
  sameItems,
  json,
];

function fault(value: unknown, match: JsonMatch): string | undefined {
  if (match.absent) return isNothing(value) ? undefined : `is there: ${shown(value)}`;
  if (value === undefined) return "is not there";
  if (Object.keys(match).length === 1) return isNothing(value) ? "is empty" : undefined;
  for (const matcher of matchers) {
    const found = matcher(value, match);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Why the document does not match, or nothing where it does. Throws where the path can't be read. */
export function jsonFault(document: unknown, match: JsonMatch): string | undefined {
  const found = fault(valueAt(document, match.path), match);
  return found === undefined
    ? undefined
    : `${match.path === "" ? "document" : match.path} ${found}`;
}

/** What the document holds where the matches look, for the table. */
export function jsonObserved(document: unknown, matches: readonly JsonMatch[]): string {
  return matches.map(({ path }) => `${path} = ${shown(valueAt(document, path))}`).join(", ");
}
