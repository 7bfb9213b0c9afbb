import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../hack/toolchain/paths.ts";
import { authorityOf, hostsAnswer, outputsOf } from "./support/answers.ts";
import { freshCheckout, type Checkout } from "./support/checkout.ts";
import { containerId } from "./support/engine.ts";
import { get } from "./support/https-client.ts";

// A new user's way, from a fresh clone to nothing left, with the README open.
const text = readFileSync(join(root, "README.md"), "utf8");

/** What the test suite itself is run by, or what has a test of its own. */
const ranElsewhere = ["npm test", "npm run check", "npm run test:unit"];
const firstAndLast = ["npm run up", "npm run down"];

/** Lines of the shell blocks, in order. */
const commands = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = ""]) =>
  block.split("\n").filter(Boolean),
);
const between = commands.filter((line) => ![...firstAndLast, ...ranElsewhere].includes(line));
const scaled = between.indexOf("pulumi up --yes", between.indexOf("pulumi config set replicas 3"));

/** Rows of the table of steps: config, how to see it, expected. */
const rows = [...text.matchAll(/^\| `step ([\w-]+)` \|[^|]*\| `(.*?)` \| `(.*?)` \|$/gm)].map(
  ([, step = "", command = "", expected = ""]) => ({ step, command, expected }),
);

const httpsPort = 443;
const node = "istio-control-plane";

let lab: Checkout;

beforeAll(async () => {
  // As it is in git: the one here may have been moved, and has the salt of this checkout's passphrase.
  const dev = await execa("git", ["show", "HEAD:Pulumi.dev.yaml"], { cwd: root });
  lab = await freshCheckout({ dev: `${dev.stdout}\n` });
});

afterAll(async () => {
  await lab.run("npm", ["run", "down"]);
  await lab.remove();
});

async function works(command: string): Promise<void> {
  // Without a terminal nobody can say yes.
  const { exitCode, output } = await lab.inLab(command, { PULUMI_SKIP_CONFIRMATIONS: "true" });
  expect(exitCode, output).toBe(0);
}

describe("the first command", () => {
  it("has nothing before it to prove", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "-s", "verify"]);
    expect(exitCode).toBe(2);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it("brings the lab up, and its proof passes", async () => {
    expect(commands.slice(0, 2)).toEqual(firstAndLast);
    const { exitCode, output } = await lab.run("npm", ["run", "up"]);
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/\d+ passed, 0 failed, \d+ skipped/);
    expect(await hostsAnswer(lab, httpsPort)).toEqual([
      "httpbin-0.example.com 200 httpbin-0",
      "httpbin-1.example.com 200 httpbin-1",
    ]);
  });

  it("changes nothing the second time, and leaves the checkout clean", async () => {
    const { exitCode, output } = await lab.inLab("pulumi up --yes --expect-no-changes");
    expect(exitCode, output).toBe(0);
    const status = await lab.run("git", ["status", "--porcelain"]);
    expect(status.stdout).toBe("");
  });
});

describe("the lab", () => {
  it("refuses a client with no CA, and a name it has no certificate for", async () => {
    const pem = await authorityOf(lab);
    await expect(get("httpbin-0.example.com", httpsPort, "/", "")).rejects.toMatchObject({
      code: /^(UNABLE_TO_GET_ISSUER_CERT_LOCALLY|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/,
    });
    await expect(get("httpbin-2.example.com", httpsPort, "/", pem)).rejects.toMatchObject({
      code: "ECONNRESET",
    });
  });

  it("keeps keys secret in state, and files that hold secrets to their owner", async () => {
    const { stdout } = await lab.inLab("pulumi stack export");
    expect(stdout).toContain("tls:index/privateKey:PrivateKey");
    expect(stdout).not.toContain("PRIVATE KEY");
    expect(stdout).not.toContain("client-key-data");
    for (const file of [".lab/passphrase", ".lab/dev/kubeconfig"]) {
      expect(statSync(join(lab.folder, file)).mode & 0o777, file).toBe(0o600);
    }
  });

  it("outputs commands that work as pasted", async () => {
    const { tryIt } = await outputsOf(lab);
    for (const command of tryIt as string[]) {
      const { exitCode, output } = await lab.inLab(command);
      expect(exitCode, `${command}\n${output}`).toBe(0);
    }
  });

  it("rotates certificates by config, served without a restart of the gateway", async () => {
    const pem = await authorityOf(lab);
    const host = "httpbin-0.example.com";
    const pods = "kubectl -n istio-system get pods -l istio=ingressgateway -o name";
    const [old, podsBefore] = [await get(host, httpsPort, "/hostname", pem), await lab.inLab(pods)];
    await works("pulumi config set certificateEpoch 2 && pulumi up --yes --skip-preview");
    await expect
      .poll(async () => (await get(host, httpsPort, "/hostname", pem)).serialNumber, {
        timeout: 60_000,
        interval: 500,
      })
      .not.toBe(old.serialNumber);
    expect((await lab.inLab(pods)).stdout).toBe(podsBefore.stdout);
  });
});

describe("README", () => {
  it("has the commands and rows that this test runs", () => {
    expect(commands[2]).toBe('eval "$(npm run -s env)"');
    expect(rows.map(({ step }) => step)).toEqual(["tls-assets", "app", "ingress", "observe"]);
    expect(scaled).toBeGreaterThan(0);
  });

  it.each(rows)("step $step shows what the table says", async ({ step, command, expected }) => {
    const moved = await lab.inLab(`pulumi config set step ${step} && pulumi up --yes`);
    expect(moved.exitCode, moved.output).toBe(0);
    const seen = await lab.inLab(command);
    expect(seen.output, command).toContain(expected);
  });

  it.each(between.slice(0, scaled + 1))("%s", works);

  it("has a host, a certificate and a route for the third pod", async () => {
    expect(await hostsAnswer(lab, httpsPort, 3)).toEqual([
      "httpbin-0.example.com 200 httpbin-0",
      "httpbin-1.example.com 200 httpbin-1",
      "httpbin-2.example.com 200 httpbin-2",
    ]);
  });

  it.each(between.slice(scaled + 1))("%s", works);
});

describe("the second command", () => {
  it("takes the lab down and leaves nothing of it", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "down"]);
    expect(exitCode, output).toBe(0);
    expect(await containerId(node)).toBe("");
    expect(existsSync(join(lab.folder, ".lab/dev"))).toBe(false);
    const { stdout } = await lab.run("git", ["status", "--porcelain"]);
    // What README's commands write.
    const written = ["Pulumi.dev.yaml", "rendered/", "tour.html"];
    const changed = stdout.split("\n").map((line) => line.slice(3));
    expect(changed.filter((file) => file !== "" && !written.includes(file))).toEqual([]);
  });

  it("has nothing to destroy the second time", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "down"]);
    expect(exitCode).toBe(0);
    expect(output).toContain("nothing to destroy");
  });
});
