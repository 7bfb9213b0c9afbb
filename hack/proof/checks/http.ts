import type { HttpCheck, HttpOutcome, Share } from "../../../components/scenarios/checks/http.ts";
import type { TextMatch } from "../../../components/scenarios/checks/matchers.ts";
import { boundsFault, brief, listed, quoted } from "../brief-text.ts";
import { callHttp } from "../callers.ts";
import type { LiveLab } from "../callers.ts";
import type { Answer } from "../curl-answer.ts";
import { jsonFault, jsonObserved } from "../json-match.ts";
import type { Look } from "../poll.ts";

/** Why `text` does not match, or nothing. */
export function textFault(what: string, text: string, match: TextMatch): string | undefined {
  const missing = match.contains?.find((part) => !text.includes(part));
  if (missing !== undefined) return `${what} lacks ${quoted(missing)}`;
  const surplus = match.lacks?.find((part) => text.includes(part));
  return surplus === undefined ? undefined : `${what} contains ${quoted(surplus)}`;
}

function jsonBodyFault(body: string, matches: HttpOutcome["json"]): string | undefined {
  if (matches === undefined) return undefined;
  const document = parsed(body);
  if (document === undefined) return `body is not JSON: ${quoted(body)}`;
  return firstOf(matches.map((match) => () => jsonFault(document, match)));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function firstOf(faults: readonly (() => string | undefined)[]): string | undefined {
  for (const fault of faults) {
    const found = fault();
    if (found !== undefined) return found;
  }
  return undefined;
}

function headersFault(answer: Answer, matches: HttpOutcome["headers"]): string | undefined {
  return firstOf(
    Object.entries(matches ?? {}).map(([name, match]) => () => {
      const value = answer.headers[name.toLowerCase()];
      if (value === undefined && match.contains?.length) return `there is no header ${name}`;
      return textFault(`header ${name}`, value ?? "", match);
    }),
  );
}

/** Why an answer is not the outcome that is expected, or nothing. */
export function answerFault(answer: Answer, expect: HttpOutcome): string | undefined {
  const exits = expect.exit ?? [0];
  if (!exits.includes(answer.exit)) return `curl exit ${answer.exit} is not ${listed(exits, "or")}`;
  if (answer.exit !== 0) return undefined;
  const { status, httpVersion, seconds, body } = expect;
  return firstOf([
    () =>
      status === undefined || status.includes(answer.status)
        ? undefined
        : `status ${answer.status} is not ${listed(status, "or")}`,
    () => headersFault(answer, expect.headers),
    () => (body === undefined ? undefined : textFault("body", answer.body, body)),
    () => jsonBodyFault(answer.body, expect.json),
    () =>
      seconds === undefined ? undefined : boundsFault("time in seconds", answer.seconds, seconds),
    () =>
      httpVersion === undefined || httpVersion === answer.httpVersion
        ? undefined
        : `HTTP version ${answer.httpVersion} is not ${httpVersion}`,
  ]);
}

/** An answer in words: always its status, else what the expectation looks at. */
export function answerObserved(answer: Answer, expect: HttpOutcome): string {
  if (answer.exit !== 0) return `exit ${answer.exit}: ${brief(answer.error, 80)}`;
  const document = expect.json === undefined ? undefined : parsed(answer.body);
  const unexpected = expect.status !== undefined && !expect.status.includes(answer.status);
  const words = [
    String(answer.status),
    ...(expect.httpVersion === undefined ? [] : [`HTTP/${answer.httpVersion}`]),
    ...Object.keys(expect.headers ?? {}).map(
      (name) => `${name} ${quoted(answer.headers[name.toLowerCase()] ?? "")}`,
    ),
    ...(document === undefined ? [] : [jsonObserved(document, expect.json ?? [])]),
    ...(document === undefined && (expect.body ?? expect.json ?? unexpected)
      ? [`body ${quoted(answer.body)}`]
      : []),
    ...(expect.seconds === undefined ? [] : [`${answer.seconds.toFixed(2)} s`]),
  ];
  return words.join(", ");
}

interface CountedShare extends Share {
  readonly hits: number;
  /** Why one of those answers is not as it must be. */
  readonly fault: string | undefined;
}

function shareFault(body: string, { text, body: match = {} }: Share): string | undefined {
  return textFault(`a body with ${quoted(text)}`, body, match);
}

function countShares(
  answers: readonly Answer[],
  shares: readonly Share[],
): readonly CountedShare[] {
  return shares.map((share) => {
    const found = answers.filter(({ body }) => body.includes(share.text));
    const fault = firstOf(
      found.map(
        ({ body }) =>
          () =>
            shareFault(body, share),
      ),
    );
    return { ...share, hits: found.length, fault };
  });
}

/** Judges the answers to one check. */
export function judgeAnswers(answers: readonly Answer[], check: HttpCheck): Look {
  const { expect } = check;
  const faults = answers.map((answer) => answerFault(answer, expect));
  const wrong = faults.filter((fault) => fault !== undefined).length;
  const shown =
    answers[
      Math.max(
        0,
        faults.findIndex((fault) => fault !== undefined),
      )
    ];
  const shares = countShares(answers, check.shares ?? []);
  const observed = [
    ...(answers.length > 1 ? [`${answers.length - wrong} of ${answers.length} as expected`] : []),
    ...(shown === undefined ? [] : [answerObserved(shown, expect)]),
    ...shares.map(({ text, hits }) => `${hits} of ${answers.length} with ${quoted(text)}`),
  ].join("; ");
  const reason =
    faults.find((fault) => fault !== undefined) ??
    firstOf(
      shares.map(
        (share) => () =>
          boundsFault(`count of ${quoted(share.text)}`, share.hits, share) ?? share.fault,
      ),
    );
  return reason === undefined ? { passed: true, observed } : { passed: false, observed, reason };
}

/** Makes the call, or calls, of an HTTP check and judges what came back. */
export async function lookAtHttp(lab: LiveLab, check: HttpCheck): Promise<Look> {
  return judgeAnswers(await callHttp(lab, check, check.times ?? 1), check);
}
