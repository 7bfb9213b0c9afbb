import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { HttpCheck, SessionCall } from "../../components/scenarios/checks/http.ts";
import { lookAtHttp } from "../../hack/proof/checks/http.ts";
import { whatToTry } from "../../hack/proof/what-to-try.ts";
import { fakeLab, labOutputs } from "./fake-lab.ts";

const host = "shop.example.com";
/** Method, path and cookie of each request, in order. */
const seen: string[] = [];
let waiting = 0;
let mostWaiting = 0;

/** Like Bookinfo's product page: both redirect to where the browser came from, and fail where they are not told. */
const server = createServer((request, response) => {
  const { method = "", url = "", headers } = request;
  seen.push([method, url, headers.cookie ?? "no cookie"].join(" "));
  let body = "";
  request.on("data", (part: Buffer) => (body += part.toString()));
  request.on("end", () => {
    const { referer } = headers;
    if (url === "/login" || url === "/logout") {
      const cookie =
        url === "/login"
          ? `user=${new URLSearchParams(body).get("username") ?? ""}; Path=/; HttpOnly`
          : "user=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
      if (referer === undefined) response.writeHead(500).end();
      else response.writeHead(302, { location: referer, "set-cookie": cookie }).end("moved");
    } else if (url === "/wait") {
      mostWaiting = Math.max(mostWaiting, ++waiting);
      // Answers when all three are there, or before curl gives up.
      const answer = (): void => void response.end("late");
      const timer = setTimeout(answer, 8000);
      const look = setInterval(() => {
        if (mostWaiting < 3) return;
        clearTimeout(timer);
        answer();
      }, 10);
      response.on("close", () => {
        clearInterval(look);
        clearTimeout(timer);
        waiting--;
      });
    } else response.end(JSON.stringify({ cookie: headers.cookie ?? null }));
  });
});

beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => seen.splice(0));

const base = (): string => `http://${host}:${(server.address() as AddressInfo).port}`;
const logIn = (headers = { Referer: "http://a/" }): SessionCall => ({
  url: `${base()}/login`,
  headers,
  body: "username=jason&passwd=",
});
const check = (path: string, more: Partial<HttpCheck> = {}): HttpCheck => ({
  kind: "http",
  caller: { from: "host" },
  url: `${base()}${path}`,
  resolveTo: "127.0.0.1",
  expect: { status: [200] },
  ...more,
});
const real = fakeLab(labOutputs(), () => undefined).lab;

describe("a session", () => {
  it("logs in before each call, which sends the cookie, and of which alone the answer counts", async () => {
    const expected = { status: [200], json: [{ path: "cookie", equals: "user=jason" }] };
    const look = await lookAtHttp(
      real,
      check("/page", { session: [logIn()], times: 2, expect: expected }),
    );
    expect(look).toEqual({
      passed: true,
      observed: '2 of 2 as expected; 200, cookie = "user=jason"',
    });
    const once = ["POST /login no cookie", "GET /page user=jason"];
    expect(seen).toEqual([...once, ...once]);
  });

  it("ends with a log-out, which takes the cookie away", async () => {
    const logOut = { url: `${base()}/logout`, headers: { Referer: "http://a/" } };
    const expected = { status: [200], json: [{ path: "cookie", absent: true }] };
    const session = [logIn(), logOut];
    const look = await lookAtHttp(real, check("/page", { session, expect: expected }));
    expect(look.passed).toBe(true);
    expect(seen).toEqual([
      "POST /login no cookie",
      "GET /logout user=jason",
      "GET /page no cookie",
    ]);
  });

  it("is no answer where the log-in fails", async () => {
    const session = [{ url: `${base()}/login`, body: "username=jason" }];
    await expect(lookAtHttp(real, check("/page", { session }))).rejects.toThrow(
      /^no call was made \(exit 22\): curl: \(22\) The requested URL returned error: 500/,
    );
    expect(seen).toEqual(["POST /login no cookie"]);
  });

  it("is a command to paste: one curl", () => {
    const session = [{ url: "http://a/login", headers: { Referer: "http://a/" }, body: "user=b" }];
    const row = { ...check("/"), url: "http://a/page", session } as const;
    expect(whatToTry(labOutputs(), row)).toBe(
      "curl -sS -i --noproxy '*' --cookie '' --fail --fail-early --output /dev/null " +
        "--resolve a:80:127.0.0.1 --data-raw user=b --header 'Referer: http://a/' http://a/login " +
        "--next -sS -i --noproxy '*' --cookie '' --resolve a:80:127.0.0.1 http://a/page",
    );
  });
});

describe("calls that are made together", () => {
  it("are under way at the same moment, and each is judged", async () => {
    const look = await lookAtHttp(
      real,
      check("/wait", { times: 3, together: 3, expect: { body: { contains: ["late"] } } }),
    );
    expect(look).toEqual({ passed: true, observed: '3 of 3 as expected; 200, body "late"' });
    expect(mostWaiting).toBe(3);
  });

  it("are as many as are asked for, though not all at once", async () => {
    const { passed, observed } = await lookAtHttp(real, check("/page", { times: 5, together: 2 }));
    expect([passed, observed, seen.length]).toEqual([true, "5 of 5 as expected; 200", 5]);
  });
});
