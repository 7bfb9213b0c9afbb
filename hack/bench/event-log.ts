/** The parts of Pulumi's engine events that are read. */
export interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: StepMetadata };
  readonly resOutputsEvent?: { readonly metadata: StepMetadata };
  readonly resOpFailedEvent?: { readonly metadata: StepMetadata };
}

interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly old?: { readonly custom?: boolean } | null;
  readonly new?: { readonly custom?: boolean } | null;
}

/** An event and when it was seen. */
export interface StampedEvent {
  /** Seconds since the command was started; the events' own time stamps are whole seconds. */
  readonly at: number;
  readonly event: EngineEvent;
}

/** What Pulumi did to one resource, and when. */
export interface Span {
  readonly urn: string;
  /** "create", "update", "delete", "same", … */
  readonly op: string;
  /** Seconds since the command was started. */
  readonly start: number;
  readonly end: number;
}

/**
 * The spans of all resources with a provider behind them, in the order they ended. Components have none: nothing is
 * done for them, and what is in them has spans of its own.
 */
export function spansOf(events: readonly StampedEvent[]): readonly Span[] {
  const started = new Map<string, number>();
  const spans: Span[] = [];
  for (const { at, event } of events) {
    const before = event.resourcePreEvent?.metadata;
    if (before && isCustom(before)) started.set(keyOf(before), at);
    const after = (event.resOutputsEvent ?? event.resOpFailedEvent)?.metadata;
    const start = after && started.get(keyOf(after));
    if (after === undefined || start === undefined) continue;
    started.delete(keyOf(after));
    spans.push({ urn: after.urn, op: after.op, start, end: at });
  }
  return spans;
}

/** The name of a resource: what stands after the last "::" of its URN. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function isCustom({ old, new: wanted }: StepMetadata): boolean {
  return (wanted ?? old)?.custom ?? false;
}

// A replacement is two operations on one URN.
function keyOf({ urn, op }: StepMetadata): string {
  return `${op} ${urn}`;
}
