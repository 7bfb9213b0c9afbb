import { describe, expect, it } from "vitest";
import type { Stimulus } from "../../../components/scenarios/expectation.ts";
import type { Expectation } from "../../../components/scenarios/expectation.ts";
import { foreignCaPem } from "../../../components/scenarios/foreign-ca.ts";
import { stages } from "../../../hack/proof/scheduling.ts";
import { proof } from "../../../components/scenarios/statefulset-ingress-proof.ts";
import { labOutputs } from "../../support/lab.ts";

const hosts = ["httpbin-0.example.com", "httpbin-1.example.com"];
const observe = proof(labOutputs("observe"), "observe");
const row = (name: string): Expectation | undefined => observe.find((one) => one.name === name);

describe("rows about certificates", () => {
  const root = { O: "example Inc.", CN: "example.com" };
  const rsa = {
    keyAlgorithm: "RSA",
    keyBits: 2048,
    signatureAlgorithm: "sha256WithRSAEncryption",
  };

  it("say all that the CA must be", () => {
    expect(row("root CA signs itself and can sign, nothing else")?.check).toEqual({
      kind: "certificate",
      source: { pem: "the CA's certificate" },
      expect: {
        subject: root,
        issuer: root,
        selfSigned: true,
        isCa: true,
        days: 365,
        keyUsages: ["Certificate Sign", "CRL Sign"],
        extendedKeyUsages: [],
        ...rsa,
      },
    });
  });

  it("say all that a leaf must be", () => {
    expect(
      row("leaf certificate 1 is for httpbin-1.example.com alone, and for servers only")?.check,
    ).toEqual({
      kind: "certificate",
      source: { secret: "httpbin-1-credential", namespace: "istio-system" },
      expect: {
        subject: { CN: "httpbin-1.example.com", O: "httpbin organization" },
        issuer: root,
        dnsNames: ["httpbin-1.example.com"],
        isCa: false,
        days: 365,
        extendedKeyUsages: ["TLS Web Server Authentication"],
        verifiedBy: "the CA's certificate",
        serialUnlike: { secret: "httpbin-0-credential", namespace: "istio-system" },
        ...rsa,
      },
    });
  });

  it("compare a leaf's serial number with that of the one before it, where there is one", () => {
    const before = observe.flatMap(({ check }) =>
      check.kind === "certificate" && check.expect.dnsNames && "secret" in check.source
        ? [[check.source.secret, check.expect.serialUnlike]]
        : [],
    );
    expect(before).toEqual([
      ["httpbin-0-credential", undefined],
      ["httpbin-1-credential", { secret: "httpbin-0-credential", namespace: "istio-system" }],
    ]);
  });

  it.each([
    ["RSA-4096", { ...rsa, keyBits: 4096 }],
    ["ECDSA-P256", { keyAlgorithm: "ECDSA" }],
    ["ECDSA-P384", { keyAlgorithm: "ECDSA" }],
  ])("follow the key algorithm %s", (keyAlgorithm, key) => {
    const lab = labOutputs("tls-assets", 1, { keyAlgorithm, certificateDays: 30 });
    for (const { check } of proof(lab, "tls-assets").slice(0, 2)) {
      expect(check).toMatchObject({ expect: { ...key, days: 30 } });
    }
  });
});

describe("rows about HTTPS from outside", () => {
  const https = {
    kind: "http",
    caller: { from: "host" },
    url: "https://httpbin-1.example.com:8443/status/200",
    resolveTo: "127.0.0.1",
    trust: "lab",
    expect: { status: [200] },
  };

  it.each([
    ["https://httpbin-1.example.com answers with a verified certificate", { method: "HEAD" }],
    [
      "https://httpbin-1.example.com reaches httpbin-1 and no other pod",
      {
        url: "https://httpbin-1.example.com:8443/hostname",
        times: 10,
        expect: { status: [200], body: { contains: ['"httpbin-1"'] } },
      },
    ],
    [
      "https://httpbin-1.example.com is refused by a client that trusts no lab CA",
      { trust: "system", expect: { exit: [60] } },
    ],
    [
      "https://httpbin-1.example.com is refused by a client that trusts another CA",
      { trust: { pem: foreignCaPem }, expect: { exit: [60] } },
    ],
    [
      "SNI httpbin-2.example.com meets no server",
      { url: "https://httpbin-2.example.com:8443/status/200", expect: { exit: [35] } },
    ],
  ])("%s", (name, rest) => {
    expect(row(name)?.check).toEqual({ ...https, ...rest });
  });

  it("send every host over one HTTP/2 client", () => {
    expect(
      row("one HTTP/2 client that keeps its connections gets every host right")?.check,
    ).toEqual({
      kind: "http2",
      address: "127.0.0.1",
      port: 8443,
      requests: hosts.map((authority, n) => ({
        authority,
        path: "/hostname",
        status: [200],
        body: { contains: [`"httpbin-${n}"`] },
      })),
      connections: { atLeast: 1, atMost: 2 },
    });
  });

  it("force a second host onto the first one's connection, and want it refused", () => {
    const name =
      "httpbin-1.example.com is not served over the connection of httpbin-0.example.com, whose certificate is not for it";
    expect(row(name)).toMatchObject({ negative: true });
    expect(row(name)?.check).toEqual({
      kind: "http2",
      address: "127.0.0.1",
      port: 8443,
      forceOneConnection: true,
      requests: [
        { authority: "httpbin-0.example.com", path: "/hostname", status: [200] },
        { authority: "httpbin-1.example.com", path: "/hostname", status: [404, 421] },
      ],
      connections: { atLeast: 1, atMost: 1 },
    });
  });

  it("force nothing where there is one host", () => {
    const one = proof(labOutputs("ingress", 1), "ingress");
    expect(one.some(({ check }) => check.kind === "http2" && check.forceOneConnection)).toBe(false);
  });

  it("delete one pod once, which an `up` leaves out, and ask every host", () => {
    const disruptive = observe.filter((one) => one.disruptive);
    const deletion = [{ do: "delete-pod", name: "httpbin-0", namespace: "default" }];
    expect(disruptive.map(({ after }) => after)).toEqual([deletion, deletion]);
    expect(stages(disruptive)).toHaveLength(1);
  });
});

describe("rows about what was observed", () => {
  it("say what they need, so that a supply without it skips them", () => {
    const needs = observe.flatMap((one) => (one.needs ? [[one.name, one.needs]] : []));
    expect(needs).toEqual([
      ["Prometheus counts mutual TLS requests from sleep", "istio-metrics"],
      ["Prometheus counts mutual TLS requests from istio-ingressgateway", "istio-metrics"],
      ["Prometheus counts no plain-text request", "istio-metrics"],
      ["Kiali draws every edge to httpbin as mutual TLS", "kiali"],
    ]);
  });

  it("come after traffic to every pod, from outside and from inside, sent once for all", () => {
    const after = (need: string): readonly (readonly Stimulus[])[] =>
      observe.filter(({ needs }) => needs === need).map((row) => row.after ?? []);
    const counted = after("istio-metrics");
    expect(new Set(counted.map((one) => JSON.stringify(one))).size).toBe(1);
    const traffic = counted[0] ?? [];
    // A rate needs a first sample to rise from: the same traffic again once Prometheus has looked.
    const seen = expect.objectContaining({ do: "await-metric" }) as unknown;
    expect(after("kiali")).toEqual([[...traffic, seen, ...traffic]]);
    const urls = traffic.map((one) => (one.do === "call" ? one.request.url : one.do));
    expect(urls).toEqual(
      hosts.flatMap((host, n) => [
        `https://${host}:8443/status/200`,
        `http://httpbin-${n}.httpbin.default.svc.cluster.local/status/200`,
      ]),
    );
  });
});
