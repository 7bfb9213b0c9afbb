import { afterEach, expect, it, vi } from "vitest";
import { checks, checksFor, runChecks } from "../../../hack/lab/doctor/checks.ts";
import type { StackFacts } from "../../../hack/lab/stack.ts";

const kind: StackFacts = {
  stack: "dev",
  project: "istio-lab",
  cluster: "kind",
  nodes: 1,
  listenAddress: "127.0.0.1",
  metallb: false,
  scenario: "none",
  domain: "example.com",
  ports: { httpPort: 80, httpsPort: 443, statusPort: 15021 },
};
const existing = { ...kind, cluster: "existing" };

it.each(["official", "registry-only"] as const)(
  "a cluster of the lab's own needs every check (%s)",
  (supply) => {
    expect(checksFor({ supply, building: true, stack: kind })).toEqual(Object.keys(checks));
  },
);

it("a cluster of the user's own needs no engine, memory or ports of this machine, but an answer", () => {
  expect(checksFor({ supply: "official", building: true, stack: existing })).toEqual([
    "node",
    "npm",
    "curl-tls",
    "openssl",
    "home",
    "temporary",
    "disk",
    "cluster",
    "tools",
  ]);
});

it("a cluster of the user's own needs an engine all the same where the tools are built with one", () => {
  const ids = checksFor({ supply: "registry-only", building: true, stack: existing });
  expect(ids).toEqual([
    "node",
    "npm",
    "engine",
    "curl-tls",
    "openssl",
    "home",
    "temporary",
    "disk",
    "cluster",
    "tools",
  ]);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  ["home", "HOME"],
  ["temporary", "TMPDIR"],
] as const)("finds that %s can't be written (%s)", async (id, variable) => {
  const context = { supply: "official", building: true, stack: kind } as const;
  const [before] = await runChecks([id], context);
  expect(before?.status).toBe("ok");
  vi.stubEnv(variable, "/proc/nope");
  const [after] = await runChecks([id], context);
  expect(after).toMatchObject({ id, status: "blocker" });
  expect(after?.found).toContain(`${variable}: no file can be made in "/proc/nope"`);
});
