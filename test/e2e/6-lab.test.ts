import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authorityOf, hostsAnswer, outputsOf, stackBeside } from "./support/answers.ts";
import { freshCheckout, type Checkout } from "./support/checkout.ts";
import { containerId, removeContainer } from "./support/engine.ts";
import { get } from "./support/https-client.ts";

// Ports and a name of its own: a lab that runs on this machine is not touched.
const httpsPort = 18081;
const cluster = "istio-e2e";
const stack = stackBeside(cluster, httpsPort - 1, { step: "ingress" });

let lab: Checkout;

beforeAll(async () => {
  await removeContainer(`${cluster}-control-plane`);
  lab = await freshCheckout({ dev: stack });
});

afterAll(async () => {
  await lab.run("npm", ["run", "down"]);
  await removeContainer(`${cluster}-control-plane`);
  await lab.remove();
});

describe("a lab from bare to gone", () => {
  it("has nothing to prove before there is a lab", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "-s", "verify"]);
    expect(exitCode).toBe(2);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it("comes up with one command, and its proof passes", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "up"]);
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/\d+ passed, 0 failed, \d+ skipped/);
    expect(await hostsAnswer(lab, httpsPort)).toEqual([
      "httpbin-0.example.com 200 httpbin-0",
      "httpbin-1.example.com 200 httpbin-1",
    ]);
  });

  it("refuses a client with no CA, and a name it has no certificate for", async () => {
    const pem = await authorityOf(lab);
    await expect(get("httpbin-0.example.com", httpsPort, "/", "")).rejects.toMatchObject({
      code: /^(UNABLE_TO_GET_ISSUER_CERT_LOCALLY|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/,
    });
    await expect(get("httpbin-2.example.com", httpsPort, "/", pem)).rejects.toMatchObject({
      code: "ECONNRESET",
    });
  });

  it("changes nothing the second time, and leaves the checkout clean", async () => {
    const { exitCode, output } = await lab.inLab("pulumi up --yes --expect-no-changes");
    expect(exitCode, output).toBe(0);
    const status = await lab.run("git", ["status", "--porcelain"]);
    expect(status.stdout).toBe("");
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

  it("scales by config: a third pod has a host, a certificate and a route", async () => {
    const { exitCode, output } = await lab.inLab(
      "pulumi config set replicas 3 && pulumi up --yes --skip-preview",
    );
    expect(exitCode, output).toBe(0);
    expect(await hostsAnswer(lab, httpsPort, 3)).toEqual([
      "httpbin-0.example.com 200 httpbin-0",
      "httpbin-1.example.com 200 httpbin-1",
      "httpbin-2.example.com 200 httpbin-2",
    ]);
    const verified = await lab.run("npm", ["run", "-s", "verify"]);
    expect(verified.exitCode, verified.output).toBe(0);
  });

  it("rotates certificates by config, served without a restart of the gateway", async () => {
    const pem = await authorityOf(lab);
    const host = "httpbin-0.example.com";
    const pods = "kubectl -n istio-system get pods -l istio=ingressgateway -o name";
    const [old, podsBefore] = [await get(host, httpsPort, "/hostname", pem), await lab.inLab(pods)];
    const { exitCode, output } = await lab.inLab(
      "pulumi config set certificateEpoch 2 && pulumi up --yes --skip-preview",
    );
    expect(exitCode, output).toBe(0);
    await expect
      .poll(async () => (await get(host, httpsPort, "/hostname", pem)).serialNumber, {
        timeout: 60_000,
        interval: 500,
      })
      .not.toBe(old.serialNumber);
    expect((await lab.inLab(pods)).stdout).toBe(podsBefore.stdout);
  });
});

describe("gone", () => {
  it("leaves nothing behind", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "down"]);
    expect(exitCode, output).toBe(0);
    expect(await containerId(`${cluster}-control-plane`)).toBe("");
    expect(existsSync(join(lab.folder, ".lab/dev"))).toBe(false);
    const { stdout } = await lab.run("git", ["status", "--porcelain"]);
    expect(
      stdout.split("\n").filter((line) => line !== "" && !line.endsWith("Pulumi.dev.yaml")),
    ).toEqual([]);
  });

  it("has nothing to destroy the second time", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "down"]);
    expect(exitCode).toBe(0);
    expect(output).toContain("nothing to destroy");
  });
});
