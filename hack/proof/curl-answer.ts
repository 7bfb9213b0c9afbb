/** What curl says about one call. */
export interface Answer {
  /** curl's exit code; 0 where an answer came, whatever its status. */
  readonly exit: number;
  /** curl's own words for an exit code that is not 0. */
  readonly error: string;
  /** 0 where no answer came. */
  readonly status: number;
  /** By lower-case name; values of a repeated header joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Wall clock of the call. */
  readonly seconds: number;
  /** "1.1", "2" or "3"; "0" where no answer came. */
  readonly httpVersion: string;
}

/** The fields of curl's `%{json}` that are read here. */
interface WriteOut {
  readonly exitcode?: number;
  readonly errormsg?: string | null;
  readonly response_code?: number;
  readonly time_total?: number;
  readonly http_version?: string;
}

function parseHeaders(block: string): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const line of block.split("\r\n").slice(1)) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}

/** Parts header from body. Interim answers (100, 103) have header blocks of their own and are passed over. */
function splitAnswer(text: string): { headers: Readonly<Record<string, string>>; body: string } {
  let rest = text;
  for (;;) {
    const status = /^HTTP\/[\d.]+ (\d{3})/.exec(rest)?.[1];
    if (status === undefined) return { headers: {}, body: rest };
    const end = rest.indexOf("\r\n\r\n");
    const block = end < 0 ? rest : rest.slice(0, end);
    rest = end < 0 ? "" : rest.slice(end + 4);
    if (!status.startsWith("1")) return { headers: parseHeaders(block), body: rest };
  }
}

function parseAnswer(text: string, writeOut: WriteOut): Answer {
  const { headers, body } = splitAnswer(text);
  return {
    exit: writeOut.exitcode ?? 0,
    error: writeOut.errormsg ?? "",
    status: writeOut.response_code ?? 0,
    headers,
    body: Buffer.from(body, "latin1").toString("utf8"),
    seconds: writeOut.time_total ?? 0,
    httpVersion: writeOut.http_version ?? "0",
  };
}

/**
 * Reads what calls made with `curlArguments` wrote, one after the other.
 * @param stdout bytes as latin1, so that a binary body does no harm
 * @returns as many answers as calls came to an end
 */
export function parseAnswers(stdout: string, marker: string): readonly Answer[] {
  const answers: Answer[] = [];
  let from = 0;
  for (;;) {
    const at = stdout.indexOf(`\n${marker}{`, from);
    const end = at < 0 ? -1 : stdout.indexOf("}\n", at);
    if (end < 0) return answers;
    const json = stdout.slice(at + 1 + marker.length, end + 1);
    answers.push(parseAnswer(stdout.slice(from, at), JSON.parse(json) as WriteOut));
    from = end + 2;
  }
}
