import type { Span } from "./event-log.ts";

/** What each resource waits for before it can be made: URNs by URN. */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** One link of the chain that decided when a command was finished. */
export interface Link {
  readonly span: Span;
  /** Seconds between the end of the link before, or the start of the command, and the start of this one. */
  readonly wait: number;
}

/** Two stamps closer together than this may be the same moment, seen in the other order. */
const tolerance = 0.06;

/** A longer wait means that something else was waited for. */
const noticeable = 0.3;

/**
 * The chain of operations that each waited for the one before, up to the one that ended last, first link first. A
 * resource is made after what it depends on, and deleted after what depends on it. What a component was told to wait
 * for is not in the state: where that leaves a gap, the operation that ended last before it is taken for the cause.
 */
export function criticalPath(spans: readonly Span[], dependencies: Dependencies): readonly Link[] {
  const chain: Span[] = [];
  let at = latest(spans);
  while (at !== undefined && !chain.includes(at)) {
    chain.unshift(at);
    at = causeOf(at, spans, dependencies);
  }
  return chain.map((span, index) => ({
    span,
    wait: Math.max(0, span.start - (chain[index - 1]?.end ?? 0)),
  }));
}

function causeOf(span: Span, spans: readonly Span[], dependencies: Dependencies): Span | undefined {
  const before = spans.filter(
    (other) => other !== span && other.end <= span.start + tolerance && other.start < span.end,
  );
  const needs = (from: Span, to: Span): boolean =>
    dependencies.get(from.urn)?.includes(to.urn) ?? false;
  const known = latest(
    before.filter((other) => (isDelete(span) ? needs(other, span) : needs(span, other))),
  );
  return known && span.start - known.end <= noticeable ? known : latest(before);
}

function latest(spans: readonly Span[]): Span | undefined {
  return spans.reduce<Span | undefined>(
    (last, span) => (last === undefined || span.end > last.end ? span : last),
    undefined,
  );
}

function isDelete({ op }: Span): boolean {
  return op.startsWith("delete");
}

/** What a stack's state says of one resource. */
export interface StateResource {
  readonly urn: string;
  readonly dependencies?: readonly string[] | null;
  /** `URN::id` of the provider. */
  readonly provider?: string;
}

/** The dependencies as a stack's state holds them. A resource needs its provider as well. */
export function dependenciesOf(resources: readonly StateResource[]): Dependencies {
  return new Map(
    resources.map(({ urn, dependencies, provider }) => [
      urn,
      [
        ...(dependencies ?? []),
        ...(provider ? [provider.slice(0, provider.lastIndexOf("::"))] : []),
      ],
    ]),
  );
}
