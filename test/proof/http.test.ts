import { mkdtempSync, readdirSync, rmdirSync } from "node:fs";
import { createServer } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { HttpCheck } from "../../components/scenarios/checks/http.ts";
import { callHttp } from "../../hack/proof/callers.ts";
import { lookAtHttp } from "../../hack/proof/checks/http.ts";
import { fakeLab, labOutputs } from "./fake-lab.ts";
import type { Call } from "./fake-lab.ts";
import { throwawayCa } from "./throwaway-certificates.ts";
import type { ThrowawayCa } from "./throwaway-certificates.ts";

const host = "httpbin-0.example.com";
let ca: ThrowawayCa;
let wrongCa: ThrowawayCa;
let server: Server;
let mutualServer: Server;

function listen(started: Server): Promise<void> {
  return new Promise((resolve) => started.listen(0, "127.0.0.1", resolve));
}

function portOf(started: Server): number {
  return (started.address() as AddressInfo).port;
}

beforeAll(async () => {
  ca = throwawayCa("example.com");
  wrongCa = throwawayCa("foreign.example");
  const { certificate: cert, key } = ca.leaf([host]);
  let hits = 0;
  server = createServer({ cert, key }, (request, response) => {
    if (request.url === "/status/503") response.writeHead(503).end("unavailable");
    else if (request.url === "/bytes") response.end(Buffer.from([0, 255, 10, 13]));
    else if (request.url === "/count") response.end(`v${1 + (hits++ % 2)}`);
    else if (request.url === "/slow") setTimeout(() => response.end("late"), 3000);
    else if (request.method === "POST")
      request.on("data", (part: Buffer) => response.end(`got ${part.toString()}`));
    else response.setHeader("x-pod", "httpbin-0").end('{"hostname": "httpbin-0"}');
  });
  mutualServer = createServer(
    { cert, key, ca: ca.certificate, requestCert: true, rejectUnauthorized: true },
    (_, response) => response.end("welcome"),
  );
  await Promise.all([listen(server), listen(mutualServer)]);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  mutualServer.close();
});

function check(path: string, more: Partial<HttpCheck> = {}): HttpCheck {
  return {
    kind: "http",
    caller: { from: "host" },
    url: `https://${host}:${portOf(server)}${path}`,
    resolveTo: "127.0.0.1",
    trust: "lab",
    expect: { status: [200] },
    ...more,
  };
}

function realLab(
  answer: (call: Call) => string | undefined = () => undefined,
): ReturnType<typeof fakeLab> {
  return fakeLab(labOutputs({ caCertPem: ca.certificate }), answer);
}

describe("an HTTP check on this machine, with real curl", () => {
  it("passes where all is right", async () => {
    const expected = {
      status: [200],
      headers: { "x-pod": { contains: ["httpbin-0"] } },
      json: [{ path: "hostname", equals: "httpbin-0" }],
    };
    const look = await lookAtHttp(realLab().lab, check("/hostname", { expect: expected }));
    expect(look).toEqual({
      passed: true,
      observed: '200, x-pod "httpbin-0", hostname = "httpbin-0"',
    });
  });

  it("fails with a wrong status", async () => {
    expect(await lookAtHttp(realLab().lab, check("/status/503"))).toEqual({
      passed: false,
      observed: '503, body "unavailable"',
      reason: "status 503 is not 200",
    });
  });

  it("fails with a wrong body", async () => {
    const expected = { body: { contains: ["httpbin-1"] } };
    expect(await lookAtHttp(realLab().lab, check("/", { expect: expected }))).toEqual({
      passed: false,
      observed: '200, body "{"hostname": "httpbin-0"}"',
      reason: 'body lacks "httpbin-1"',
    });
  });

  it.each([
    ["the wrong CA", (): HttpCheck["trust"] => ({ pem: wrongCa.certificate })],
    ["the system's CAs", (): HttpCheck["trust"] => "system"],
  ])("sees exit 60 with %s", async (_, trust) => {
    const { lab } = realLab();
    const refused = await lookAtHttp(lab, check("/", { trust: trust(), expect: { exit: [60] } }));
    expect(refused.passed).toBe(true);
    expect(refused.observed).toMatch(/^exit 60: SSL certificate problem: /);
    const wanted = await lookAtHttp(lab, check("/", { trust: trust() }));
    expect(wanted).toMatchObject({ passed: false, reason: "curl exit 60 is not 0" });
  });

  it("does not take an answer for a refusal", async () => {
    const look = await lookAtHttp(realLab().lab, check("/", { expect: { exit: [60] } }));
    expect(look).toMatchObject({ passed: false, reason: "curl exit 0 is not 60" });
  });

  it("passes without verification where any certificate will do", async () => {
    expect(await lookAtHttp(realLab().lab, check("/", { trust: "any" }))).toMatchObject({
      passed: true,
    });
  });

  it("sees HEAD, a body that is sent, a binary body and a connection that is refused", async () => {
    const { lab } = realLab();
    const head = await callHttp(lab, check("/", { method: "HEAD" }));
    expect(head).toMatchObject([
      { exit: 0, status: 200, body: "", headers: { "x-pod": "httpbin-0" } },
    ]);
    const posted = await callHttp(lab, check("/", { body: "@a='1'&b=$2" }));
    expect(posted).toMatchObject([{ body: "got @a='1'&b=$2" }]);
    expect((await callHttp(lab, check("/bytes")))[0]?.body).toHaveLength(4);
    const refused = await callHttp(lab, check("/", { url: `https://${host}:1/` }));
    expect(refused).toMatchObject([{ exit: 7, status: 0 }]);
  });

  it("gives up after the call's own timeout, with exit 28", async () => {
    const slow = check("/slow", { timeoutSeconds: 0.2, expect: { exit: [28] } });
    expect(await lookAtHttp(realLab().lab, slow)).toMatchObject({ passed: true });
  });

  it("counts shares over many calls", async () => {
    const shares = [{ text: "v2", atLeast: 2, atMost: 2 }];
    const { lab, calls } = realLab();
    const look = await lookAtHttp(lab, check("/count", { times: 4, shares }));
    expect(look).toEqual({ passed: true, observed: '4 of 4 as expected; 200; 2 of 4 with "v2"' });
    expect(calls).toHaveLength(1);
  });

  it("shows a client certificate from a Secret, whose key is no argument and no file afterwards", async () => {
    const pair = ca.leaf(["client.example.com"]);
    const base64 = (text: string): string => Buffer.from(text).toString("base64");
    const secret = { data: { "tls.crt": base64(pair.certificate), "tls.key": base64(pair.key) } };
    const { lab, calls } = realLab(({ file }) =>
      file === "kubectl" ? JSON.stringify(secret) : undefined,
    );
    const url = `https://${host}:${portOf(mutualServer)}/`;
    // A folder for this call alone: in the machine's own others put files, too.
    const own = mkdtempSync(join(tmpdir(), "istio-lab-http-"));
    vi.stubEnv("TMPDIR", own);
    const look = await lookAtHttp(lab, check("/", { url, clientCertificate: "istio-system/pair" }));
    expect(look).toEqual({ passed: true, observed: "200" });
    expect(calls[0]?.args.slice(4)).toEqual([
      "get",
      "secret",
      "pair",
      "--namespace",
      "istio-system",
      "-o",
      "json",
    ]);
    expect(calls.flatMap(({ args }) => args).join(" ")).not.toContain("PRIVATE KEY");
    expect(readdirSync(own)).toEqual([]);
    vi.unstubAllEnvs();
    rmdirSync(own);

    const without = await lookAtHttp(lab, check("/", { url, expect: { exit: [35, 56] } }));
    expect(without.passed).toBe(true);
  });

  it("can't trust the lab's CA where there is none", async () => {
    const { lab } = fakeLab(labOutputs(), () => undefined);
    await expect(callHttp(lab, check("/"))).rejects.toThrow(
      "the stack has no output caCertPem to trust",
    );
  });
});
