import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KubernetesObject } from "../../components/kubernetes-manifest.ts";
import { hostsAnswer, outputsOf, stackBeside } from "./support/answers.ts";
import { freshCheckout, type Checkout, type Ran } from "./support/checkout.ts";
import { removeContainer } from "./support/engine.ts";
import { configLimits, gatewayFor, labelled, nodeOf, serviceAt } from "./support/limits.ts";

const cluster = "istio-field";
const node = `${cluster}-control-plane`;
const httpsPort = 18681;
const up = "pulumi up --yes --skip-preview";

let lab: Checkout;

beforeAll(async () => {
  await removeContainer(node);
  lab = await freshCheckout({ dev: stackBeside(cluster, httpsPort - 1, { step: "ingress" }) });
  const { exitCode, output } = await lab.run("npm", ["run", "setup"]);
  expect(exitCode, output).toBe(0);
});

afterAll(async () => {
  await execa("docker", ["unpause", node], { reject: false });
  await lab.run("npm", ["run", "down"]);
  await removeContainer(node);
  await lab.remove();
});

// Nobody listens on port 9.
const proxies = Object.fromEntries(
  ["http_proxy", "https_proxy", "all_proxy"].flatMap((name) =>
    [name, name.toUpperCase()].map((spelling) => [spelling, "http://127.0.0.1:9"]),
  ),
);

describe("in a shell whose proxies lead nowhere", () => {
  it("the lab comes up and is proven", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "up"], proxies);
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/\d+ passed, 0 failed/);
  });

  it("what the lab says to try works, and so do preview and a second up", async () => {
    const commands = (await outputsOf(lab))["tryIt"] as readonly string[];
    for (const command of commands) {
      const { exitCode, output } = await lab.inLab(command, proxies);
      expect(exitCode, `${command}\n${output}`).toBe(0);
    }
    const again = await lab.inLab("pulumi up --yes --expect-no-changes", proxies);
    expect(again.exitCode, again.output).toBe(0);
  });
});

describe("in a shell that trusts the lab's CA", () => {
  it("the proof's clients do not", async () => {
    const file = join(lab.folder, ".lab/dev/ca.crt");
    const { exitCode, output } = await lab.run("npm", ["run", "verify", "--", "--no-disrupt"], {
      CURL_CA_BUNDLE: file,
      SSL_CERT_FILE: file,
      NODE_EXTRA_CA_CERTS: file,
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
    });
    expect(exitCode, output).toBe(0);
  });
});

describe("config at its limits", () => {
  /** Shows objects to the API server and its validators, which change nothing. */
  async function show(
    objects: readonly KubernetesObject[],
    dryRun: "server" | "none" = "server",
  ): Promise<Ran> {
    const list = { apiVersion: "v1", kind: "List", items: objects };
    // Keys are in it; it goes with the checkout.
    await writeFile(join(lab.folder, "limits.json"), JSON.stringify(list), { mode: 0o600 });
    return lab.inLab(
      `kubectl apply --server-side --force-conflicts --dry-run=${dryRun} --filename limits.json`,
    );
  }

  it("is taken by the API server and Istio's validator", async () => {
    // A dry run makes no namespace for what is in it.
    const made = await lab.inLab("kubectl create namespace plain");
    expect(made.exitCode, made.output).toBe(0);
    for (const { name, objects } of await configLimits()) {
      const { exitCode, output } = await show(objects);
      expect(exitCode, `${name}\n${output}`).toBe(0);
      expect(output).toContain("(server dry run)");
    }
  });

  it.each([
    ["clusterName", "a..b", nodeOf("a..b")],
    ["a stack's name", "-dev", labelled("-dev")],
    ["domain", "lab.1", gatewayFor("httpbin-0.lab.1")],
  ])("and what config refuses is refused there too: %s %s", async (_, value, object) => {
    const { exitCode, output } = await show([object]);
    expect(exitCode, output).not.toBe(0);
    expect(output, value).toMatch(/[Ii]nvalid|denied the request/);
  });

  it.each([
    [29_999, "is not in the valid range"],
    [30_000, "serverside-applied"],
    [32_767, "serverside-applied"],
    [32_768, "is not in the valid range"],
  ])("and a node port of %i is as config has it", async (port, said) => {
    // A dry run gives out no ports.
    const { output } = await show([serviceAt(port)], "none");
    await lab.inLab("kubectl delete service limits --ignore-not-found");
    expect(output).toContain(said);
  });
});

describe("without a place for files", () => {
  const ways = [
    ["npm run up", ["run", "up"]],
    ["npm run verify", ["run", "verify"]],
    ["npm run doctor", ["run", "doctor"]],
    ["npm run scenarios", ["run", "scenarios"]],
  ] as const;
  it.each(ways)("%s says so at once", async (_, args) => {
    // Below /proc npm itself hangs, before it starts anything.
    for (const name of ["HOME", "TMPDIR"]) {
      const { exitCode, output } = await lab.run("npm", args, { [name]: "/dev/null/home" });
      expect(exitCode, output).not.toBe(0);
      // The doctor's table breaks the line.
      expect(output.replaceAll(/[\s│]+/g, " ")).toContain(`${name}: no file can be made in`);
    }
  });
});

describe("a node that is paused", () => {
  const ways: readonly (readonly [string, () => Promise<Ran>])[] = [
    ["pulumi up", () => lab.inLab(up)],
    ["pulumi preview", () => lab.inLab("pulumi preview")],
    ["npm run up", () => lab.run("npm", ["run", "up"])],
    ["npm run verify", () => lab.run("npm", ["run", "verify"])],
    ["npm run doctor", () => lab.run("npm", ["run", "doctor"])],
  ];

  beforeAll(async () => {
    // Asked beforehand: what is timed below is the command alone.
    await lab.inLab("true");
    await execa("docker", ["pause", node]);
  });
  afterAll(async () => {
    await execa("docker", ["unpause", node], { reject: false });
  });

  it.each(ways)("is said by %s, with what to do", async (_, ask) => {
    const began = performance.now();
    const { exitCode, output } = await ask();
    expect(exitCode, output).not.toBe(0);
    expect(output.replaceAll(/[\s│]+/g, " ")).toContain(`docker unpause ${node}`);
    // Pulumi and npm themselves take some of it on a busy machine.
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  it("is as it was once it goes on", async () => {
    await execa("docker", ["unpause", node]);
    const { exitCode, output } = await lab.inLab("pulumi preview --expect-no-changes");
    expect(exitCode, output).toBe(0);
  });
});

describe("a node that was stopped and started", () => {
  it("is proven again, and whole, after a plain up", async () => {
    await execa("docker", ["stop", node]);
    await execa("docker", ["start", node]);
    const { exitCode, output } = await lab.inLab(up);
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/\d+ passed, 0 failed/);
    expect(await hostsAnswer(lab, httpsPort)).toHaveLength(2);
    const again = await lab.inLab("pulumi preview --expect-no-changes");
    expect(again.exitCode, again.output).toBe(0);
  });
});
