/** What Pulumi changed, in resources that have a provider behind them. */
export interface Changes {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
}

/** What the events of one Pulumi command come to. */
export interface EngineResult extends Changes {
  /** Outputs of the stack; absent where the program did not get that far. */
  readonly outputs?: unknown;
  /** Messages of severity "error", each once. */
  readonly errors: readonly string[];
  /** Names of the resources that are not as the program has them, with what is done about it: "update default/reviews". */
  readonly touched: readonly string[];
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: State | null;
  readonly new?: State | null;
}

interface State {
  readonly custom?: boolean;
  readonly outputs?: unknown;
}

interface EngineEvent {
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
  readonly resourcePreEvent?: { readonly metadata: Metadata };
  readonly resOutputsEvent?: { readonly metadata: Metadata };
}

const stackType = "pulumi:pulumi:Stack";

/**
 * Reads what `pulumi up --json` prints, one event a line.
 * @param lines what is no JSON is passed over: a plugin may print, too
 */
export function readEvents(lines: readonly string[]): EngineResult {
  const events = lines.flatMap(parseEvent);
  const done = events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? []);
  const planned = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
  const count = (op: string): number =>
    done.filter((metadata) => metadata.op === op && isCustom(metadata)).length;
  const stack = done.find(({ type }) => type === stackType);
  const errors = events
    .flatMap(({ diagnosticEvent }) => diagnosticEvent ?? [])
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => plain(message))
    .filter((message) => message !== "");
  return {
    created: count("create"),
    updated: count("update"),
    replaced: count("create-replacement"),
    deleted: count("delete"),
    ...(stack?.new?.outputs === undefined ? {} : { outputs: stack.new.outputs }),
    errors: [...new Set(errors)],
    touched: planned
      .filter(({ op, type }) => !["same", "read", "refresh"].includes(op) && type !== stackType)
      .map(({ op, urn }) => `${op} ${urn.slice(urn.lastIndexOf("::") + 2)}`),
  };
}

function parseEvent(line: string): EngineEvent[] {
  if (!line.startsWith("{")) return [];
  try {
    return [JSON.parse(line) as EngineEvent];
  } catch {
    return [];
  }
}

function isCustom({ old, new: wanted }: Metadata): boolean {
  return (wanted ?? old)?.custom ?? false;
}

/** Without Pulumi's colour marks such as `<{%reset%}>`. */
function plain(message: string): string {
  return message.replaceAll(/<\{%.*?%\}>/g, "").trim();
}
