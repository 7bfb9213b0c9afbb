import type { TextMatch } from "./matchers.ts";

/** One request of an HTTP/2 check: the authority it names and what must come back. */
export interface Http2Request {
  /** Host, or host:port. */
  readonly authority: string;
  readonly path: string;
  readonly status: readonly number[];
  readonly body?: TextMatch;
}

/**
 * Requests to several hosts by one HTTP/2 client on this machine that keeps its connections, as a browser does:
 * a connection is used again for another host where its certificate covers that host (RFC 9113, 9.1.1).
 * It trusts the lab's CA only, names the request's host as SNI when it opens a connection, and speaks nothing
 * but "h2". A 421 (misdirected request) is an answer like any other: it is not sent again elsewhere.
 */
export interface Http2Check {
  readonly kind: "http2";
  /** Where every connection goes, whatever the authority. */
  readonly address: string;
  readonly port: number;
  /** Sent in order, `rounds` times over. */
  readonly requests: readonly Http2Request[];
  /** @default 3 */
  readonly rounds?: number;
  /** Send everything over the connection of the first authority, whatever its certificate covers. @default false */
  readonly forceOneConnection?: boolean;
  /** Connections the client may open in all. */
  readonly connections: { readonly atLeast: number; readonly atMost: number };
}
