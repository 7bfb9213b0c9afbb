import { podCall, sleep } from "../calls.ts";
import type { Caller } from "../checks/caller.ts";
import type { HttpCheck } from "../checks/http.ts";
import type { Expectation } from "../expectation.ts";
import { foreignCaPem } from "../foreign-ca.ts";
import type { LabOutputs } from "../scenario.ts";

const httpbin = "http://httpbin.org/headers";
const google = "https://www.google.com";

/** The proxy's container: its own traffic is not captured. */
const pastTheProxy: Caller = { from: "pod", app: "sleep", container: "istio-proxy" };

/** What may be called at each step, and what may not. */
export function proof(_lab: LabOutputs, step: string): readonly Expectation[] {
  switch (step) {
    case "blocked":
      return [
        outsideIsThere,
        httpBlocked,
        httpsBlocked,
        ...logged("block_all", "BlackHoleCluster"),
      ];
    case "allow-http":
      return [httpAllowed, httpsBlocked, onlyThatPort, ...logged("outbound|80||httpbin.org")];
    default:
      return [
        httpAllowed,
        httpsAllowed,
        endToEnd,
        onlyThatPort,
        onlyThatProtocol,
        ...logged("outbound|443||www.google.com"),
      ];
  }
}

const outsideIsThere: Expectation = {
  name: "the host is there: a call that the proxy does not see is answered",
  expected: "200, body names httpbin.org",
  check: podCall(pastTheProxy, httpbin, {
    expect: { status: [200], body: { contains: ["httpbin.org"] } },
  }),
};

const httpBlocked: Expectation = {
  name: "sleep can't call httpbin.org over HTTP",
  expected: "502",
  negative: true,
  check: podCall(sleep, httpbin, { expect: { status: [502] } }),
};

const httpsBlocked: Expectation = {
  name: "sleep can't call www.google.com over TLS",
  expected: "exit 35: no TLS handshake",
  negative: true,
  check: podCall(sleep, google, { expect: { exit: [35] } }),
};

const httpAllowed: Expectation = {
  name: "sleep calls httpbin.org over HTTP",
  expected: "200, body names httpbin.org",
  check: podCall(sleep, httpbin, {
    expect: { status: [200], body: { contains: ["httpbin.org"] } },
  }),
};

const httpsAllowed: Expectation = {
  name: "sleep calls www.google.com over TLS",
  expected: "200",
  check: podCall(sleep, google),
};

const endToEnd: Expectation = {
  name: "the TLS is www.google.com's own: with another CA the call is refused",
  expected: "exit 60: unknown CA",
  negative: true,
  check: podCall(sleep, google, { trust: { pem: foreignCaPem }, expect: { exit: [60] } }),
};

const onlyThatPort: Expectation = {
  name: "httpbin.org is allowed at port 80 only",
  expected: "exit 35: no TLS handshake",
  negative: true,
  check: podCall(sleep, "https://httpbin.org/headers", { expect: { exit: [35] } }),
};

const onlyThatProtocol: Expectation = {
  name: "www.google.com is allowed at port 443 only",
  expected: "502",
  negative: true,
  check: podCall(sleep, "http://www.google.com/", { expect: { status: [502] } }),
};

/** The access log of sleep's proxy, after both hosts have been called. */
function logged(...words: readonly string[]): Expectation[] {
  const request = (url: string): Omit<HttpCheck, "expect" | "kind"> => ({ caller: sleep, url });
  return words.map((word) => ({
    name: `sleep's proxy logs ${word}`,
    expected: "a line in its access log",
    after: [httpbin, google].map((url) => ({
      do: "call" as const,
      times: 1,
      request: request(url),
    })),
    check: {
      kind: "log" as const,
      app: "sleep",
      container: "istio-proxy",
      contains: word,
      count: { atLeast: 1 },
    },
  }));
}
