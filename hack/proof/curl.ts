import type { HttpCheck, SessionCall } from "../../components/scenarios/checks/http.ts";

/** What a request is made of: an HttpCheck without what must come back. */
export type HttpRequest = Omit<HttpCheck, "kind" | "expect" | "shares" | "times">;

/** Names of the files curl is given, in its working directory. */
export const requestFiles = {
  ca: "ca.pem",
  certificate: "client.pem",
  key: "client.key",
  bearer: "bearer.txt",
} as const;

const defaultTimeoutSeconds = 10;

/** Seconds one call may take. */
export function timeoutOf(request: HttpRequest): number {
  return request.timeoutSeconds ?? defaultTimeoutSeconds;
}

/** True where curl needs a file with the CA to trust. */
export function needsCa(request: HttpRequest): boolean {
  return request.trust === "lab" || typeof request.trust === "object";
}

function bearerArguments(
  { bearerFrom }: HttpRequest,
  files: Record<keyof typeof requestFiles, string>,
): string[] {
  return bearerFrom === undefined ? [] : ["--header", `@${files.bearer}`];
}

function port(url: URL): string {
  if (url.port !== "") return url.port;
  return url.protocol === "https:" ? "443" : "80";
}

function resolveArguments({ url, resolveTo }: HttpRequest): string[] {
  if (resolveTo === undefined) return [];
  const target = new URL(url);
  const address = resolveTo.includes(":") ? `[${resolveTo}]` : resolveTo;
  return ["--resolve", `${target.hostname}:${port(target)}:${address}`];
}

function trustArguments(
  request: HttpRequest,
  files: Record<keyof typeof requestFiles, string>,
): string[] {
  const ca = needsCa(request) ? ["--cacert", files.ca] : [];
  const client = request.clientCertificate ? ["--cert", files.certificate, "--key", files.key] : [];
  return [...(request.trust === "any" ? ["--insecure"] : []), ...ca, ...client];
}

function versionArguments({ url, httpVersion }: HttpRequest): string[] {
  if (httpVersion === undefined) return [];
  if (httpVersion === "1.1") return ["--http1.1"];
  return [url.startsWith("https:") ? "--http2" : "--http2-prior-knowledge"];
}

function methodArguments({ method, body }: SessionCall): string[] {
  const data = body === undefined ? [] : ["--data-raw", body];
  if (method === undefined || (method === "POST" && body !== undefined)) return data;
  // curl waits for a body that never comes where HEAD is a mere --request.
  return method === "HEAD" ? ["--head", ...data] : ["--request", method, ...data];
}

/**
 * The arguments that say what is asked, of whom, and whom to trust: what a reader would type.
 * @param asked what is asked in place of the request's own URL, body and so on
 */
export function requestArguments(
  request: HttpRequest,
  files: Record<keyof typeof requestFiles, string> = requestFiles,
  asked: SessionCall = request,
): readonly string[] {
  const { url } = asked;
  return [
    ...resolveArguments({ ...request, url }),
    ...trustArguments(request, files),
    ...bearerArguments(request, files),
    ...versionArguments({ ...request, url }),
    ...methodArguments(asked),
    ...Object.entries(asked.headers ?? {}).flatMap(([name, value]) => [
      "--header",
      // curl drops a header that ends in a colon, and sends an empty one that ends in a semicolon.
      value === "" ? `${name};` : `${name}: ${value}`,
    ]),
    url,
  ];
}

/**
 * The arguments of a call and of those that go before it, one client's: curl keeps cookies over `--next`. A call that
 * fails ends it all, so that no answer is taken for that of a client with a session.
 * @param options what holds for each of them
 * @param last what holds for the call itself
 */
export function sessionArguments(
  request: HttpRequest,
  options: readonly string[],
  last: readonly string[],
  files?: Record<keyof typeof requestFiles, string>,
): readonly string[] {
  const { session = [] } = request;
  // An empty name: there is no file of cookies, but they are kept.
  const keepCookies = session.length === 0 ? [] : ["--cookie", ""];
  const before = session.flatMap((call) => [
    ...options,
    ...keepCookies,
    "--fail",
    "--fail-early",
    "--output",
    "/dev/null",
    ...requestArguments(request, files, call),
    "--next",
  ]);
  return [...before, ...options, ...keepCookies, ...last, ...requestArguments(request, files)];
}

/**
 * All of curl's arguments for one call whose answer `parseAnswers` can read.
 * @param marker a text that no answer contains
 */
export function curlArguments(request: HttpRequest, marker: string): readonly string[] {
  return [
    // First, or curl would read the user's own settings.
    "--disable",
    ...sessionArguments(
      request,
      [
        "--silent",
        "--show-error",
        "--globoff",
        "--noproxy",
        "*",
        "--max-time",
        String(timeoutOf(request)),
      ],
      [
        ...(request.method === "HEAD" ? [] : ["--dump-header", "-"]),
        "--output",
        "-",
        "--write-out",
        `\\n${marker}%{json}\\n`,
      ],
    ),
  ];
}
