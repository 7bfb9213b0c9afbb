import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statefulsetIngress } from "../../components/scenarios/statefulset-ingress.ts";
import { freshCheckout, type Checkout } from "./support/checkout.ts";
import { containerId, inventory, removeContainer, type EngineInventory } from "./support/engine.ts";
import { get } from "./support/https-client.ts";

// Ports and a name of its own: a lab that runs on this machine is not touched.
const httpsPort = 18443;
const cluster = "istio-e2e";
const stack = `config:
  istio-lab:scenario: statefulset-ingress
  istio-lab:step: ingress
  istio-lab:clusterName: ${cluster}
  istio-lab:httpPort: "18080"
  istio-lab:httpsPort: "${httpsPort}"
  istio-lab:statusPort: "18021"
`;
const steps = statefulsetIngress.steps.map(({ id }) => id);

interface ProofJson {
  readonly scenario: string;
  readonly step: string;
  readonly supply: string;
  readonly results: readonly { readonly name: string; readonly status: string }[];
  readonly summary: { readonly passed: number; readonly failed: number; readonly skipped: number };
}

/** Every ordered pair of steps, as one walk that starts and ends at `first`: each move is made once. */
function walk(first: string): string[] {
  const left = new Set(steps.flatMap((a) => steps.filter((b) => b !== a).map((b) => `${a} ${b}`)));
  const path: string[] = [];
  // Hierholzer's way through a graph whose every node has as many moves out as in.
  const visit = (at: string): void => {
    for (const to of steps) {
      if (left.delete(`${at} ${to}`)) visit(to);
    }
    path.unshift(at);
  };
  visit(first);
  return path;
}

let lab: Checkout;
let before: EngineInventory;

async function outputs(): Promise<Record<string, never>> {
  const { stdout } = await lab.inLab("pulumi stack output --json");
  return JSON.parse(stdout) as Record<string, never>;
}

async function ca(): Promise<string> {
  return (await outputs())["caCertPem"] as unknown as string;
}

/** Both hosts, asked by another client than the proof's. */
async function hostsAnswer(replicas = 2): Promise<string[]> {
  const pem = await ca();
  const hosts = Array.from({ length: replicas }, (_, ordinal) => `httpbin-${ordinal}.example.com`);
  const answers = await Promise.all(hosts.map((host) => get(host, httpsPort, "/hostname", pem)));
  return answers.map(({ status, body, commonName }) => {
    const { hostname } = JSON.parse(body) as { hostname: string };
    return `${commonName} ${status} ${hostname}`;
  });
}

async function proof(file: string, args = ""): Promise<{ code: number; report: ProofJson }> {
  const path = join(".lab", file);
  const { exitCode, output } = await lab.inLab(`npm run -s verify -- --json ${path} ${args}`);
  const { stdout } = await lab.run("cat", [path]);
  expect(stdout, output).toContain("summary");
  return { code: exitCode, report: JSON.parse(stdout) as ProofJson };
}

beforeAll(async () => {
  await removeContainer(`${cluster}-control-plane`);
  lab = await freshCheckout({ dev: stack });
  before = await inventory();
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
    expect(await hostsAnswer()).toEqual([
      "httpbin-0.example.com 200 httpbin-0",
      "httpbin-1.example.com 200 httpbin-1",
    ]);
  });

  it("refuses a client with no CA, and a name it has no certificate for", async () => {
    const pem = await ca();
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
    const { tryIt } = await outputs();
    for (const command of tryIt as unknown as string[]) {
      const { exitCode, output } = await lab.inLab(command);
      expect(exitCode, `${command}\n${output}`).toBe(0);
    }
  });

  it("scales by config: a third pod has a host, a certificate and a route", async () => {
    const { exitCode, output } = await lab.inLab(
      "pulumi config set replicas 3 && pulumi up --yes --skip-preview",
    );
    expect(exitCode, output).toBe(0);
    expect(await hostsAnswer(3)).toEqual([
      "httpbin-0.example.com 200 httpbin-0",
      "httpbin-1.example.com 200 httpbin-1",
      "httpbin-2.example.com 200 httpbin-2",
    ]);
    const back = await lab.inLab("pulumi config rm replicas && pulumi up --yes --skip-preview");
    expect(back.exitCode, back.output).toBe(0);
    expect((await proof("scaled.json")).report.summary.failed).toBe(0);
  });

  it("rotates certificates by config, served without a restart of the gateway", async () => {
    const pem = await ca();
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
    const back = await lab.inLab(
      "pulumi config rm certificateEpoch && pulumi up --yes --skip-preview",
    );
    expect(back.exitCode, back.output).toBe(0);
  });
});

describe("every step from every other", () => {
  const path = walk("ingress");
  const moves = path.slice(1).map((to, at) => [path[at] ?? "", to] as const);

  it("makes each of the moves once", () => {
    expect(new Set(moves.map(String)).size).toBe(steps.length * (steps.length - 1));
  });

  it.each(moves)(
    "%s to %s: proof fails before, passes after, then nothing changes",
    async (_, to) => {
      const early = await proof("early.json", `--step ${to} --no-disrupt --deadline 2 --hold 1`);
      expect(early.code, JSON.stringify(early.report.results)).toBe(1);
      expect(early.report.summary.failed).toBeGreaterThan(0);

      const { exitCode, output } = await lab.inLab(
        `pulumi config set step ${to} && pulumi up --yes --skip-preview`,
      );
      expect(exitCode, output).toBe(0);

      const after = await proof("after.json", "--hold 1");
      expect(after.report.results.filter(({ status }) => status === "failed")).toEqual([]);
      expect(after.code).toBe(0);
      expect(after.report.step).toBe(to);

      const again = await lab.inLab("pulumi preview --expect-no-changes");
      expect(again.exitCode, again.output).toBe(0);
    },
  );
});

describe("faults", () => {
  it("is rebuilt after its cluster was deleted by hand", async () => {
    await removeContainer(`${cluster}-control-plane`);
    const { exitCode, output } = await lab.inLab("pulumi up --yes --skip-preview");
    expect(exitCode, output).toBe(0);
    expect(await hostsAnswer()).toHaveLength(2);
  });

  it("is destroyed after its cluster was deleted by hand", async () => {
    await removeContainer(`${cluster}-control-plane`);
    const { exitCode, output } = await lab.run("npm", ["run", "down"]);
    expect(exitCode, output).toBe(0);
    expect(existsSync(join(lab.folder, ".lab/dev"))).toBe(false);
  });

  it("leaves somebody else's cluster of that name alone", async () => {
    const node = `${cluster}-control-plane`;
    const { nodeImage } = JSON.parse(
      readFileSync(join(lab.folder, ".lab/supply.json"), "utf8"),
    ) as { nodeImage: string };
    const labels = [`io.x-k8s.kind.cluster=${cluster}`, "io.x-k8s.kind.role=control-plane"];
    await lab.run("docker", [
      ...["run", "--detach", "--name", node, "--entrypoint", "sleep"],
      ...labels.flatMap((label) => ["--label", label]),
      ...[nodeImage, "infinity"],
    ]);
    const id = await containerId(node);
    expect(id).toMatch(/^[0-9a-f]{64}$/);

    const up = await lab.run("npm", ["run", "up"]);
    expect(up.exitCode).not.toBe(0);
    expect(up.output).toContain(cluster);
    expect(up.output).toContain("clusterName");
    await lab.run("npm", ["run", "down"]);
    expect(await containerId(node)).toBe(id);
    await removeContainer(node);
  });

  it.each([
    ["while kind makes the cluster", /Starting control-plane/],
    ["while Istio is installed", /istio-istiod creating/],
    ["while pods start", /httpbin-set creating/],
  ])("finishes after it was killed %s", async (_, sign) => {
    const running = lab.start("npm", ["run", "up"]);
    let printed = "";
    running.all?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    await expect.poll(() => printed, { timeout: 120_000, interval: 100 }).toMatch(sign);
    // The whole process group at once: nothing gets to clean up.
    process.kill(-(running.pid ?? 0), "SIGKILL");
    await running;
    const { exitCode, output } = await lab.run("npm", ["run", "up"]);
    expect(exitCode, output).toBe(0);
    expect(await hostsAnswer()).toHaveLength(2);
    const down = await lab.run("npm", ["run", "down"]);
    expect(down.exitCode, down.output).toBe(0);
  });
});

describe("gone", () => {
  it("leaves nothing behind", async () => {
    const after = await inventory();
    // What an earlier, interrupted lab left may have gone along.
    for (const kind of ["containers", "volumes", "networks"] as const) {
      expect(after[kind].filter((name) => !before[kind].includes(name))).toEqual([]);
    }
    const { stdout } = await lab.run("git", ["status", "--porcelain"]);
    expect(stdout.split("\n").filter((line) => line !== "" && !line.endsWith("Pulumi.dev.yaml"))).toEqual([]);
  });

  it("has nothing to destroy the second time", async () => {
    const { exitCode, output } = await lab.run("npm", ["run", "down"]);
    expect(exitCode).toBe(0);
    expect(output).toContain("nothing to destroy");
  });
});
