import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Expectation } from "../../components/scenarios/expectation.ts";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { proof } from "../../components/scenarios/statefulset-ingress-proof.ts";
import { labOutputs } from "./fake-lab.ts";
import { throwawayCa } from "./throwaway-certificates.ts";

const main = fileURLToPath(new URL("../../hack/proof/main.ts", import.meta.url));
let folder: string;
let outputs: LabOutputs;
/** A row that needs no cluster: the CA certificate is an output. */
let row: Expectation;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "proof-main-"));
  writeFileSync(join(folder, "kubectl"), "#!/bin/sh\necho ok\n", { mode: 0o755 });
  const caCertPem = throwawayCa("example.com").certificate;
  outputs = labOutputs({ caCertPem, certificateDays: 30, keyAlgorithm: "ECDSA-P256" });
  const found = proof(outputs, "ingress").find(
    ({ check }) => check.kind === "certificate" && "pem" in check.source,
  );
  if (found === undefined) throw new Error("the scenario has no row about the CA itself");
  row = found;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function run(
  args: readonly string[],
  input: unknown,
  path = `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
): Promise<{
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...args], {
    input: JSON.stringify(input),
    reject: false,
    env: { PATH: path },
  });
  return { exitCode, stdout, stderr };
}

// Each row is a process that waits for another: they run at once. Each loads all scenarios, and Pulumi with them.
describe.concurrent("node hack/proof/main.ts", { timeout: 60_000 }, () => {
  it("exits with 0 when all passed, and writes both reports", async () => {
    const files = { json: join(folder, "new", "proof.json"), junit: join(folder, "proof.xml") };
    const reports = ["--json", files.json, "--junit", files.junit];
    const ran = await run(["--outputs", "-", "--only", row.name, ...reports], outputs);
    expect(ran.stderr).toBe("");
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout.split("\n").at(-1)).toBe("1 passed, 0 failed, 0 skipped");
    expect(JSON.parse(readFileSync(files.json, "utf8"))).toMatchObject({
      step: "ingress",
      results: [{ name: row.name, status: "passed", tries: 3 }],
      summary: { passed: 1, failed: 0, skipped: 0 },
    });
    expect(readFileSync(files.junit, "utf8")).toContain('tests="1" failures="0"');
  });

  it("exits with 1 when a row failed, and says what to try", async () => {
    const args = ["--outputs", "-", "--only", row.name, "--deadline", "0.1"];
    const ran = await run(args, { ...outputs, certificateDays: 31 });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain("pulumi stack output caCertPem | openssl x509 -noout -text");
    expect(ran.stdout.split("\n").at(-1)).toBe("0 passed, 1 failed, 0 skipped");
  });

  it.each([
    ["no lab is up", ["--outputs", "-"], {}, "no lab is up here: build one with `npm run up`"],
    ["a wrong option", ["--nope"], {}, "error: unknown option '--nope'"],
    ["a wrong number", ["--deadline", "soon"], {}, "A number of seconds above 0 is accepted."],
    ["a missing file", ["--outputs", "/none"], {}, "--outputs /none can't be read: ENOENT"],
  ])("exits with 2 and one message for %s", async (_, args, input, message) => {
    const ran = await run(args, input);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).not.toContain("    at ");
  });

  it("exits with 2 where the cluster can't be asked", async () => {
    const ran = await run(["--outputs", "-"], outputs, "/nonexistent");
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain("kubectl: there is no such command on PATH");
  });

  it("exits with 2 where pulumi can't be found", async () => {
    const ran = await run([], outputs, "/nonexistent");
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain("run `npm run verify`, which finds pulumi");
  });
});
