import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../hack/toolchain/paths.ts";

let work: string;
let out: string;
let ended: {
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
};

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "lab-render-command-"));
  mkdirSync(join(work, "tmp"));
  out = join(work, "out");
  const options = ["--scenario", "statefulset-ingress", "--step", "ingress", "--out", out];
  ended = await execa(
    process.execPath,
    [join(root, "hack/render/main.ts"), ...options, "--replicas", "3", "--domain", "lab.test"],
    // In the lab's own shell KUBECONFIG is set, which the provider does not take when it renders.
    { env: { TMPDIR: join(work, "tmp"), KUBECONFIG: join(work, "kubeconfig") }, reject: false },
  );
});
afterAll(() => {
  rmSync(work, { recursive: true });
});

test("writes one file an object, for as many pods and the domain that were asked for", () => {
  expect([ended.exitCode, ended.stderr]).toEqual([0, ""]);
  // The supply may bring an EnvoyFilter of its own.
  const files = readdirSync(out).filter((name) => !name.includes("envoyfilter"));
  expect(files.sort()).toEqual([
    "10-namespace-default.yaml",
    "10-namespace-istio-system.yaml",
    "20-serviceaccount-default-httpbin.yaml",
    "20-serviceaccount-default-sleep.yaml",
    ...perPod("30-secret-istio-system-httpbin-N-credential.yaml"),
    "40-service-default-httpbin.yaml",
    "50-gateway.networking.istio.io-default-httpbin.yaml",
    ...perPod("50-serviceentry.networking.istio.io-default-httpbin-N.yaml"),
    ...perPod("50-virtualservice.networking.istio.io-default-httpbin-N.yaml"),
    "60-deployment.apps-default-sleep.yaml",
    "60-statefulset.apps-default-httpbin.yaml",
    "README.md",
    "helm",
  ]);
  const route = parse(read("50-virtualservice.networking.istio.io-default-httpbin-2.yaml")) as {
    spec: { hosts: unknown };
  };
  expect(route.spec.hosts).toEqual(["httpbin-2.lab.test"]);
});

test("keeps keys for the owner and says that they are there", () => {
  const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
  expect(mode(out)).toBe("700");
  for (const name of perPod("30-secret-istio-system-httpbin-N-credential.yaml")) {
    expect(mode(join(out, name))).toBe("600");
    const { data } = parse(read(name)) as { data: Record<string, string> };
    const key = Buffer.from(data["tls.key"] ?? "", "base64").toString();
    expect(key).toMatch(/^-----BEGIN (RSA )?PRIVATE KEY-----\n/);
  }
  expect(ended.stdout).toContain("3 of the files hold private keys");
  expect(ended.stdout).not.toContain("PRIVATE KEY");
});

test("leaves no annotation or label of Pulumi's in what kubectl gets", () => {
  const yaml = readdirSync(out).filter((name) => name.endsWith(".yaml"));
  expect(yaml.filter((name) => /pulumi/i.test(read(name)))).toEqual([]);
});

test("leaves nothing else behind: no state, no keys", () => {
  expect(readdirSync(join(work, "tmp"))).toEqual([]);
});

function perPod(name: string): string[] {
  return [0, 1, 2].map((ordinal) => name.replace("N", String(ordinal)));
}

function read(name: string): string {
  return readFileSync(join(out, name), "utf8");
}
