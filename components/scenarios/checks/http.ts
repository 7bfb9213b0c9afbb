import type { Caller } from "./caller.ts";
import type { JsonMatch, TextMatch } from "./matchers.ts";

/**
 * What must come back from a call. Fields that are absent are not looked at; where curl's exit code is an
 * accepted one other than 0, no other field is. A call that could not be made (no such pod) matches nothing.
 */
export interface HttpOutcome {
  /** Accepted HTTP status codes. */
  readonly status?: readonly number[];
  /** Accepted curl exit codes (35 TLS handshake, 52 empty reply, 56 reset, 60 unknown CA). @default [0] */
  readonly exit?: readonly number[];
  /** Header name in lower case, and what its value must and must not contain. */
  readonly headers?: Readonly<Record<string, TextMatch>>;
  readonly body?: TextMatch;
  readonly json?: readonly JsonMatch[];
  /** Wall clock of one call in seconds. */
  readonly seconds?: { readonly atLeast?: number; readonly atMost?: number };
  /** "1.1" or "2". */
  readonly httpVersion?: string;
}

/** How many of `times` answers have a body that contains `text`. Bounds are inclusive; 0 and `times` are exact. */
export interface Share {
  readonly text: string;
  readonly atLeast: number;
  readonly atMost: number;
  /** What those bodies must and must not contain besides. */
  readonly body?: TextMatch;
}

/** A call that is made before another one by the same client: a log-in. Any status below 400 will do. */
export interface SessionCall {
  readonly url: string;
  /** @default "GET", or "POST" with a body */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Request body: text without a NUL character. */
  readonly body?: string;
}

/**
 * Where a token comes from: a Secret `namespace/name`, or a field of the JSON that a call is answered, by the same
 * caller and over the same address and trust, anew for each look.
 */
export type BearerSource =
  | { readonly secret: string; readonly key: string }
  | { readonly call: SessionCall; readonly field: string };

/** One HTTP(S) request, or `times` of them, made with curl by `caller`. */
export interface HttpCheck {
  readonly kind: "http";
  readonly caller: Caller;
  readonly url: string;
  /** @default "GET", or "POST" with a body */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What goes along as `Authorization: Bearer VALUE`; it is in no process's arguments. @default none */
  readonly bearerFrom?: BearerSource;
  /** Request body: text without a NUL character. */
  readonly body?: string;
  /** CA that is trusted: the lab's own, none beyond the system's, any (no verification), or this PEM text. @default "system" */
  readonly trust?: "lab" | "system" | "any" | { readonly pem: string };
  /** Secret `namespace/name` (kubernetes.io/tls) whose pair is shown as the client certificate. */
  readonly clientCertificate?: string;
  /** Address the URL's host is resolved to, for the URL's port. @default none: the caller's DNS */
  readonly resolveTo?: string;
  /** @default "1.1" for http, whatever ALPN picks for https */
  readonly httpVersion?: "1.1" | "2";
  /** Seconds one call may take before curl gives up (exit 28). @default 10 */
  readonly timeoutSeconds?: number;
  /**
   * Calls that go before each call, in this order and anew each time, by one client that keeps the cookies it is
   * given. Caller, address and trust are those of the check. @default none
   */
  readonly session?: readonly SessionCall[];
  /** Every one of `times` calls must match `expect`. @default 1 */
  readonly times?: number;
  /** So many of the `times` calls are under way at once: for slow answers, or many. @default 1 */
  readonly together?: number;
  readonly expect: HttpOutcome;
  readonly shares?: readonly Share[];
}
