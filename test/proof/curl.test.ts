import { describe, expect, it } from "vitest";
import { curlArguments, needsCa, requestArguments } from "../../hack/proof/curl.ts";
import type { HttpRequest } from "../../hack/proof/curl.ts";

const url = "https://a.example.com:8443/x";
const rows: readonly (readonly [
  string,
  Omit<HttpRequest, "caller" | "url"> & { url?: string },
  readonly string[],
])[] = [
  ["a plain GET", {}, [url]],
  [
    "an address for the host",
    { resolveTo: "127.0.0.1" },
    ["--resolve", "a.example.com:8443:127.0.0.1", url],
  ],
  [
    "the default port of https",
    { url: "https://a.example.com/", resolveTo: "127.0.0.1" },
    ["--resolve", "a.example.com:443:127.0.0.1", "https://a.example.com/"],
  ],
  [
    "the default port of http, an IPv6 address",
    { url: "http://a.example.com/", resolveTo: "::1" },
    ["--resolve", "a.example.com:80:[::1]", "http://a.example.com/"],
  ],
  ["the lab's CA", { trust: "lab" }, ["--cacert", "ca.pem", url]],
  ["another CA", { trust: { pem: "PEM" } }, ["--cacert", "ca.pem", url]],
  ["any certificate", { trust: "any" }, ["--insecure", url]],
  ["the system's CAs", { trust: "system" }, [url]],
  [
    "a client certificate",
    { trust: "lab", clientCertificate: "default/pair" },
    ["--cacert", "ca.pem", "--cert", "client.pem", "--key", "client.key", url],
  ],
  ["HTTP/1.1", { httpVersion: "1.1" }, ["--http1.1", url]],
  ["HTTP/2 over TLS", { httpVersion: "2" }, ["--http2", url]],
  [
    "HTTP/2 without TLS",
    { url: "http://a/", httpVersion: "2" },
    ["--http2-prior-knowledge", "http://a/"],
  ],
  ["HEAD", { method: "HEAD" }, ["--head", url]],
  ["another method", { method: "DELETE" }, ["--request", "DELETE", url]],
  ["a body", { body: "@a=1" }, ["--data-raw", "@a=1", url]],
  ["a body with POST", { method: "POST", body: "a" }, ["--data-raw", "a", url]],
  ["a body with PUT", { method: "PUT", body: "a" }, ["--request", "PUT", "--data-raw", "a", url]],
  ["POST without a body", { method: "POST" }, ["--request", "POST", url]],
  [
    "headers, one of them empty",
    { headers: { Host: "b", "x-empty": "" } },
    ["--header", "Host: b", "--header", "x-empty;", url],
  ],
];

describe("requestArguments", () => {
  it.each(rows)("%s", (_, request, expected) => {
    expect(requestArguments({ caller: { from: "host" }, url, ...request })).toEqual(expected);
  });
});

describe("needsCa", () => {
  it.each([
    ["lab" as const, true],
    [{ pem: "PEM" }, true],
    ["any" as const, false],
    ["system" as const, false],
  ])("%j", (trust, expected) => {
    expect(needsCa({ caller: { from: "host" }, url, trust })).toBe(expected);
  });
});

describe("curlArguments", () => {
  it("reads no settings of the user, uses no proxy, and writes all that is read back", () => {
    expect(curlArguments({ caller: { from: "host" }, url }, "MARK ")).toEqual([
      "--disable",
      "--silent",
      "--show-error",
      "--globoff",
      "--noproxy",
      "*",
      "--max-time",
      "10",
      "--dump-header",
      "-",
      "--output",
      "-",
      "--write-out",
      "\\nMARK %{json}\\n",
      url,
    ]);
  });

  it("does not print the headers of a HEAD answer twice, and takes a timeout", () => {
    const request = { caller: { from: "host" }, url, method: "HEAD", timeoutSeconds: 2.5 } as const;
    const args = curlArguments(request, "MARK ");
    expect(args).not.toContain("--dump-header");
    expect(args.slice(6, 8)).toEqual(["--max-time", "2.5"]);
  });
});
