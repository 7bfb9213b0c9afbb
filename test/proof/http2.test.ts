import { createSecureServer } from "node:http2";
import type { Http2SecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { createSecureContext } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Http2Check } from "../../components/scenarios/checks/http2.ts";
import { lookAtHttp2 } from "../../hack/proof/checks/http2.ts";
import { throwawayCa } from "./throwaway-certificates.ts";
import type { Pair, ThrowawayCa } from "./throwaway-certificates.ts";

const hosts = ["httpbin-0.example.com", "httpbin-1.example.com"] as const;
const started: Http2SecureServer[] = [];
let ca: ThrowawayCa;

/** A gateway that, like Istio's, knows only the hosts of the certificate that its SNI chose. */
async function gateway(pairs: Readonly<Record<string, Pair>>, strict: boolean): Promise<number> {
  const [first] = Object.values(pairs);
  const server = createSecureServer({
    cert: first?.certificate ?? "",
    key: first?.key ?? "",
    SNICallback: (name, done) => {
      const pair = pairs[name] ?? first;
      done(null, createSecureContext({ cert: pair?.certificate ?? "", key: pair?.key ?? "" }));
    },
  });
  server.on("stream", (stream, headers) => {
    const authority = headers[":authority"] ?? "";
    const sni = (stream.session?.socket as unknown as { readonly servername?: string }).servername;
    const misdirected = strict && sni !== authority;
    stream.respond({ ":status": misdirected ? 421 : 200 });
    stream.end(misdirected ? "misdirected" : `"${authority.split(".")[0] ?? ""}"`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  started.push(server);
  return (server.address() as AddressInfo).port;
}

let separate: number;
let shared: number;

beforeAll(async () => {
  ca = throwawayCa("example.com");
  const own = Object.fromEntries(hosts.map((host) => [host, ca.leaf([host])]));
  separate = await gateway(own, true);
  const both = ca.leaf(hosts);
  shared = await gateway({ [hosts[0]]: both, [hosts[1]]: both }, false);
});

afterAll(() => {
  for (const server of started) server.close();
});

function check(port: number, more: Partial<Http2Check> = {}): Http2Check {
  const requests = hosts.map((authority, index) => ({
    authority,
    path: "/hostname",
    status: [200],
    body: { contains: [`"httpbin-${index}"`] },
  }));
  const connections = { atLeast: 1, atMost: 2 };
  return { kind: "http2", address: "127.0.0.1", port, requests, connections, ...more };
}

describe("an HTTP/2 client that keeps its connections", () => {
  it("opens one connection a host where no certificate covers both", async () => {
    const look = await lookAtHttp2(check(separate), ca.certificate);
    expect(look).toEqual({ passed: true, observed: "6 answers: 200; connections: 2" });
  });

  it("uses the connection of the other host where the certificate covers both", async () => {
    const look = await lookAtHttp2(check(shared), ca.certificate);
    expect(look).toEqual({ passed: true, observed: "6 answers: 200; connections: 1" });
  });

  it("sees 421 where it is forced onto a connection of another host", async () => {
    const look = await lookAtHttp2(check(separate, { forceOneConnection: true }), ca.certificate);
    expect(look).toEqual({
      passed: false,
      observed: '6 answers: 200 and 421, body "misdirected"; connections: 1',
      reason: "httpbin-1.example.com/hostname: status 421 is not 200",
    });
  });

  it("fails where a shared certificate misdirects", async () => {
    const both = ca.leaf(hosts);
    const port = await gateway({ [hosts[0]]: both, [hosts[1]]: both }, true);
    expect(await lookAtHttp2(check(port), ca.certificate)).toMatchObject({
      passed: false,
      reason: "httpbin-1.example.com/hostname: status 421 is not 200",
    });
  });

  it.each([
    ["fewer", 2, 2, "number of connections is 1, less than 2"],
    ["more", 0, 0, "number of connections is 1, more than 0"],
  ])("fails with %s connections than expected", async (_, atLeast, atMost, reason) => {
    const look = await lookAtHttp2(
      check(shared, { connections: { atLeast, atMost } }),
      ca.certificate,
    );
    expect(look).toMatchObject({ passed: false, reason });
  });

  it("fails with a wrong body", async () => {
    const requests = [{ authority: hosts[0], path: "/", status: [200], body: { contains: ["x"] } }];
    expect(await lookAtHttp2(check(shared, { requests, rounds: 1 }), ca.certificate)).toEqual({
      passed: false,
      observed: '1 answers: 200, body ""httpbin-0""; connections: 1',
      reason: 'httpbin-0.example.com/: body lacks "x"',
    });
  });

  it("trusts the lab's CA alone, and no other name", async () => {
    const other = throwawayCa("foreign.example");
    await expect(lookAtHttp2(check(separate), other.certificate)).rejects.toThrow(
      "unable to verify",
    );
    await expect(lookAtHttp2(check(separate), undefined)).rejects.toThrow("no output caCertPem");
    const requests = [{ authority: "other.example.com", path: "/", status: [200] }];
    await expect(lookAtHttp2(check(separate, { requests }), ca.certificate)).rejects.toThrow(
      "does not match certificate's altnames",
    );
  });

  it("says that nobody listens", async () => {
    await expect(lookAtHttp2(check(1), ca.certificate)).rejects.toThrow("ECONNREFUSED");
  });
});
