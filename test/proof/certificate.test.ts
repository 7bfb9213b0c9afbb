import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import type { Server } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CertificateCheck } from "../../components/scenarios/checks/certificate.ts";
import { lookAtCertificate } from "../../hack/proof/checks/certificate.ts";
import type { Look } from "../../hack/proof/poll.ts";
import { fakeLab, labOutputs } from "./fake-lab.ts";
import { throwawayCa } from "./throwaway-certificates.ts";
import type { Pair, ThrowawayCa } from "./throwaway-certificates.ts";

type Expected = CertificateCheck["expect"];

const usages = "keyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth\n";
const keyIds = ["Subject Key Identifier", "Authority Key Identifier"];
const host = "httpbin-0.example.com";
let ca: ThrowawayCa;
let other: ThrowawayCa;
let leaf: Pair;
let server: Server;

beforeAll(async () => {
  ca = throwawayCa("example.com");
  other = throwawayCa("foreign.example");
  leaf = ca.leaf([host, "second.example.com"], { extensions: usages });
  // As a gateway that is given a chain shows it: leaf and root.
  server = createServer({ cert: leaf.certificate + ca.certificate, key: leaf.key });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.close();
});

function look(source: CertificateCheck["source"], expected: Expected): Promise<Look> {
  const { lab } = fakeLab(labOutputs(), ({ file, args }) => {
    if (file !== "kubectl") return undefined;
    if (args.includes("missing")) return { exitCode: 1, stderr: 'secrets "missing" not found' };
    return Buffer.from(leaf.certificate).toString("base64");
  });
  return lookAtCertificate(lab, { kind: "certificate", source, expect: expected });
}

const leafRows: readonly (readonly [string, Expected, Expected, string])[] = [
  [
    "subject",
    { subject: { O: "httpbin organization", CN: host } },
    { subject: { CN: host } },
    `subject is O=httpbin organization, CN=${host}, not CN=${host}`,
  ],
  [
    "issuer",
    { issuer: { O: "example Inc.", CN: "example.com" } },
    { issuer: { CN: "x" } },
    "issuer is O=example Inc., CN=example.com, not CN=x",
  ],
  ["selfSigned", { selfSigned: false }, { selfSigned: true }, "selfSigned is false, not true"],
  ["isCa", { isCa: false }, { isCa: true }, "isCa is false, not true"],
  [
    "dnsNames",
    { dnsNames: ["second.example.com", host] },
    { dnsNames: [host] },
    `dnsNames is ${host}, second.example.com, not ${host}`,
  ],
  ["uris", { uris: [] }, { uris: ["spiffe://a"] }, "uris is none, not spiffe://a"],
  ["days", { days: 10 }, { days: 11 }, "days is 10, not 11"],
  [
    "keyAlgorithm",
    { keyAlgorithm: "ECDSA" },
    { keyAlgorithm: "RSA" },
    "keyAlgorithm is ECDSA, not RSA",
  ],
  ["keyBits", { keyBits: 0 }, { keyBits: 2048 }, "keyBits is 0, not 2048"],
  [
    "signatureAlgorithm",
    { signatureAlgorithm: "ecdsa-with-SHA256" },
    { signatureAlgorithm: "sha256WithRSAEncryption" },
    "signatureAlgorithm is ecdsa-with-SHA256, not sha256WithRSAEncryption",
  ],
  [
    "keyUsages",
    { keyUsages: ["Key Encipherment", "Digital Signature"] },
    { keyUsages: ["Digital Signature"] },
    "keyUsages is Digital Signature, Key Encipherment, not Digital Signature",
  ],
  [
    "extendedKeyUsages",
    { extendedKeyUsages: ["TLS Web Server Authentication"] },
    { extendedKeyUsages: [] },
    "extendedKeyUsages is TLS Web Server Authentication, not none",
  ],
  [
    "extensions",
    {
      extensions: [
        "Subject Alternative Name",
        "Basic Constraints",
        "Key Usage",
        "Extended Key Usage",
        ...keyIds,
      ],
    },
    { extensions: keyIds },
    "extensions is Subject Alternative Name, Basic Constraints, Key Usage, Extended Key Usage, Sub…, not Subject Key Identifier, Authority Key Identifier",
  ],
  [
    "criticalExtensions",
    { criticalExtensions: ["Key Usage"] },
    { criticalExtensions: [] },
    "criticalExtensions is Key Usage, not none",
  ],
];

describe("the certificate of a leaf", () => {
  it.each(leafRows)("%s", async (_, accepted, rejected, reason) => {
    const source = { secret: "pair", namespace: "istio-system" };
    expect((await look(source, accepted)).passed).toBe(true);
    expect(await look(source, rejected)).toMatchObject({ passed: false, reason });
  });

  it("says in words what it is", async () => {
    expect(await look({ secret: "pair" }, { isCa: false, days: 10 })).toEqual({
      passed: true,
      observed: `O=httpbin organization, CN=${host}; isCa false; days 10`,
    });
  });
});

describe("chains", () => {
  it("verifies against its own CA and not against another", async () => {
    const right = await look({ pem: leaf.certificate }, { verifiedBy: ca.certificate });
    expect(right.passed).toBe(true);
    const wrong = await look({ pem: leaf.certificate }, { verifiedBy: other.certificate });
    expect(wrong.passed).toBe(false);
    expect(wrong.reason).toMatch(/^it does not verify: unable to get (local )?issuer certificate/);
  });

  it("has a deny twin that fails where the chain verifies", async () => {
    const right = await look({ pem: leaf.certificate }, { notVerifiedBy: other.certificate });
    expect(right.passed).toBe(true);
    expect(await look({ pem: leaf.certificate }, { notVerifiedBy: ca.certificate })).toMatchObject({
      passed: false,
      reason: "it verifies against a CA that it must not",
    });
  });

  it("does not take a CA that can't be read for one that refuses", async () => {
    await expect(look({ pem: leaf.certificate }, { notVerifiedBy: "no PEM" })).rejects.toThrow(
      "openssl verify: ",
    );
  });

  it("looks at the serial number of another certificate", async () => {
    const second = ca.leaf([host]);
    const right = await look(
      { pem: leaf.certificate },
      { serialUnlike: { pem: second.certificate } },
    );
    expect(right.passed).toBe(true);
    const wrong = await look({ pem: leaf.certificate }, { serialUnlike: { secret: "pair" } });
    expect(wrong.passed).toBe(false);
    expect(wrong.reason).toMatch(/^serial [0-9A-F]+ is used twice$/);
  });
});

describe("the certificate of a root", () => {
  it("signs itself and can sign", async () => {
    const expected: Expected = {
      subject: { O: "example Inc.", CN: "example.com" },
      selfSigned: true,
      isCa: true,
      days: 30,
      keyUsages: ["Certificate Sign", "CRL Sign"],
      extendedKeyUsages: [],
      extensions: ["Basic Constraints", "Key Usage", ...keyIds],
      criticalExtensions: ["Basic Constraints", "Key Usage"],
      verifiedBy: ca.certificate,
    };
    expect((await look({ pem: ca.certificate }, expected)).passed).toBe(true);
    expect((await look({ pem: ca.certificate }, { isCa: false })).passed).toBe(false);
    expect((await look({ pem: ca.certificate }, { selfSigned: false })).passed).toBe(false);
  });
});

describe("where a certificate is read", () => {
  it("is shown by a server to that SNI", async () => {
    const { port } = server.address() as AddressInfo;
    const source = { servedBy: "127.0.0.1", port, sni: host };
    const right = await look(source, {
      dnsNames: [host, "second.example.com"],
      verifiedBy: ca.certificate,
    });
    expect(right.passed).toBe(true);
    expect((await look(source, { verifiedBy: other.certificate })).passed).toBe(false);
  });

  it.each([
    [{ secret: "missing" }, 'secrets "missing" not found'],
    [{ pem: "nothing" }, "there is no certificate in it"],
    [
      { servedBy: "127.0.0.1", port: 1, sni: host },
      `TLS handshake with ${host}: connect ECONNREFUSED`,
    ],
  ])("says why there is none: %j", async (source, words) => {
    await expect(look(source, {})).rejects.toThrow(words);
  });
});
