import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import type { Http2SecureServer } from "node:http2";
import { createServer } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { HttpCheck } from "../../components/scenarios/checks/http.ts";
import { lookAtHttp } from "../../hack/proof/checks/http.ts";
import { lookAtHttp2 } from "../../hack/proof/checks/http2.ts";
import { clientEnvironment } from "../../hack/proof/client-environment.ts";
import { opensslCommand } from "../../hack/proof/openssl.ts";
import { runProcess } from "../../hack/proof/run-process.ts";
import { fakeLab, labOutputs } from "./fake-lab.ts";
import { throwawayCa } from "./throwaway-certificates.ts";
import type { Pair, ThrowawayCa } from "./throwaway-certificates.ts";

const host = "httpbin-0.example.com";
const nowhere = "http://127.0.0.1:9";
let ca: ThrowawayCa;
let foreign: ThrowawayCa;
let leaf: Pair;
let folder: string;
let server: Server;
let http2Server: Http2SecureServer;

/** All that a user's shell may say of whom to trust and which way to go. */
function hostile(): Record<string, string> {
  const file = join(folder, "ca.pem");
  return {
    CURL_CA_BUNDLE: file,
    SSL_CERT_FILE: file,
    SSL_CERT_DIR: folder,
    CURL_HOME: folder,
    NODE_EXTRA_CA_CERTS: file,
    NODE_TLS_REJECT_UNAUTHORIZED: "0",
    OPENSSL_CONF: join(folder, "openssl.cnf"),
    ...Object.fromEntries(
      ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].map((name) => [
        name,
        nowhere,
      ]),
    ),
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lab-clients-"));
  ca = throwawayCa("example.com");
  foreign = throwawayCa("foreign.example");
  leaf = ca.leaf([host]);
  writeFileSync(join(folder, "ca.pem"), ca.certificate);
  writeFileSync(join(folder, ".curlrc"), "insecure\n");
  // No algorithm at all: an openssl that reads it can do nothing.
  const nothing = [
    "openssl_conf = all",
    "[all]",
    "providers = none",
    "[none]",
    "null = on",
    "[on]",
  ];
  writeFileSync(join(folder, "openssl.cnf"), [...nothing, "activate = 1", ""].join("\n"));
  const pair = { cert: leaf.certificate, key: leaf.key };
  server = createServer(pair, (_, response) => response.end("hello"));
  http2Server = createSecureServer(pair).on("request", (_, response) => response.end("hello"));
  for (const one of [server, http2Server]) {
    await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve));
  }
});

beforeEach(() => {
  for (const [name, value] of Object.entries(hostile())) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(() => {
  server.close();
  http2Server.close();
  rmSync(folder, { recursive: true });
});

function portOf(one: Server | Http2SecureServer): number {
  return (one.address() as AddressInfo).port;
}

function check(more: Partial<HttpCheck>): HttpCheck {
  return {
    kind: "http",
    caller: { from: "host" },
    url: `https://${host}:${portOf(server)}/`,
    resolveTo: "127.0.0.1",
    expect: { status: [200] },
    ...more,
  };
}

describe("in a shell that trusts the lab's CA and has a proxy", () => {
  it("a client of the proof that should trust nobody trusts nobody", async () => {
    const { lab } = fakeLab(labOutputs(), () => undefined);
    const stranger = check({ trust: "system", expect: { exit: [60] } });
    expect(await lookAtHttp(lab, stranger)).toMatchObject({ passed: true });
  });

  it("a client of the proof that trusts the lab's CA gets there", async () => {
    const { lab } = fakeLab(labOutputs({ caCertPem: ca.certificate }), () => undefined);
    expect(await lookAtHttp(lab, check({ trust: "lab" }))).toMatchObject({ passed: true });
  });

  it("the HTTP/2 client refuses what its CA did not sign", async () => {
    const requests = [{ authority: host, path: "/", status: [200] }];
    const connections = { atLeast: 1, atMost: 1 };
    const port = portOf(http2Server);
    const row = { kind: "http2", address: "127.0.0.1", port, requests, connections } as const;
    await expect(lookAtHttp2(row, foreign.certificate)).rejects.toThrow("unable to verify");
  });

  it("openssl reads no settings of the user", async () => {
    const openssl = opensslCommand(runProcess);
    expect(await openssl.text(leaf.certificate)).toContain(`DNS:${host}`);
    expect(await openssl.chainFault(leaf.certificate, ca.certificate)).toBe(undefined);
  });
});

describe("the environment of a proof's program", () => {
  const kept = { PATH: "/bin", HOME: "/home/me", TMPDIR: "/tmp/a b", LC_ALL: "tr_TR.UTF-8" };

  it.each(["curl", "sh", "openssl", "env"])("%s: where things are, no more", (file) => {
    expect(clientEnvironment(file, { ...hostile(), ...kept, LAB_UNSET: undefined })).toEqual(kept);
  });

  it.each(["kubectl", "istioctl", "docker"])("%s: the way to the cluster too", (file) => {
    const way = {
      HTTPS_PROXY: "http://proxy:3128",
      DOCKER_HOST: "unix:///run/user/1000/docker.sock",
      AWS_PROFILE: "lab",
      SSL_CERT_FILE: "/etc/ssl/company.pem",
    };
    const astray = { KUBECTL_EXTERNAL_DIFF: "x", KUBERC: "x", ISTIOCTL_ISTIONAMESPACE: "x" };
    expect(clientEnvironment(file, { ...kept, ...way, ...astray })).toEqual({ ...kept, ...way });
  });
});
