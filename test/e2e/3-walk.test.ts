import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSupply } from "../../components/supply.ts";
import { stackBeside } from "./support/answers.ts";
import { freshCheckout, type Checkout } from "./support/checkout.ts";
import { removeContainer } from "./support/engine.ts";
import { snapshot } from "./support/snapshot.ts";
import { faultsOf, tour } from "./support/tour.ts";

const clusters = ["istio-walk", "istio-direct"];
const balanced = { gatewayServiceType: "LoadBalancer", metallb: "true" };
/** Where the random walk ends. */
const last = { scenario: "mirroring", step: "mirror-v2" };

let lab: Checkout;
let direct: Checkout;

beforeAll(async () => {
  for (const cluster of clusters) await removeContainer(`${cluster}-control-plane`);
  lab = await freshCheckout({
    dev: stackBeside("istio-walk", 18680, { scenario: "none", ...balanced }),
  });
  direct = await freshCheckout({
    dev: stackBeside("istio-direct", 18480, { ...last, ...balanced, verify: "false" }),
  });
  const { exitCode, output } = await lab.run("npm", ["run", "up"]);
  expect(exitCode, output).toBe(0);
});

afterAll(async () => {
  for (const checkout of [lab, direct]) {
    await checkout.run("npm", ["run", "down"]);
    await checkout.remove();
  }
  for (const cluster of clusters) await removeContainer(`${cluster}-control-plane`);
});

describe("any step from any step", () => {
  it(
    "leaves after thirty random moves what a lab has that was made for that step",
    async () => {
      // What each step does, and shows on the network, is for the tour of all steps to prove.
      const objects = ["--only", "the cluster has the objects of this step"];
      const moves = ["--random", "30", "--seed", "7", "--no-preview"];
      const walked = await tour(lab, [...moves, ...objects]);
      expect(walked).toHaveLength(30);
      expect(faultsOf(walked)).toEqual([]);
      const move = `pulumi config set scenario ${last.scenario} && pulumi config set step ${last.step}`;
      const moved = await lab.inLab(`${move} && pulumi up --yes --skip-preview`);
      expect(moved.exitCode, moved.output).toBe(0);
      const made = await direct.run("npm", ["run", "up"]);
      expect(made.exitCode, made.output).toBe(0);
      expect(await snapshot(lab)).toEqual(await snapshot(direct));
      const down = await direct.run("npm", ["run", "down"]);
      expect(down.exitCode, down.output).toBe(0);
    },
    30 * 60_000,
  );

  it("recovers from a switch that was killed half-way, on the way to yet another step", async () => {
    const moving = lab.start("bash", [
      "-c",
      'eval "$(npm run -s env)" && pulumi config set scenario statefulset-ingress && pulumi config set step observe && pulumi up --yes --skip-preview',
    ]);
    let printed = "";
    moving.all?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    await expect
      .poll(() => printed, { timeout: 120_000, interval: 100 })
      .toMatch(/StatefulSet .*creating/);
    process.kill(-(moving.pid ?? 0), "SIGKILL");
    await moving;
    const { exitCode, output } = await lab.inLab(
      "pulumi config set scenario httpbin-ingress && pulumi config set step host && npm run up",
    );
    expect(exitCode, output).toBe(0);
    const verified = await lab.run("npm", ["run", "-s", "verify"]);
    expect(verified.exitCode, verified.output).toBe(0);
  });
});

describe("a setting of a step", () => {
  const steps = {
    precedenceLevel: "scenario helloworld-mesh && pulumi config set step policy-precedence",
    weightV2: "scenario helloworld-next && pulumi config set step rollout",
  };

  // The defaults are what a tour proves.
  it.each([
    ["precedenceLevel", "mesh"],
    ["precedenceLevel", "namespace"],
    ["precedenceLevel", "workload"],
    ["weightV2", "0"],
    ["weightV2", "100"],
  ] as const)("%s %s does what it says", async (key, value) => {
    const { exitCode, output } = await lab.inLab(
      `pulumi config set ${steps[key]} && pulumi config set ${key} ${value} && pulumi up --yes --skip-preview`,
    );
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/\d+ passed, 0 failed, 0 skipped/);
  });
});

describe("what istio.io's pages show, on a bare lab", () => {
  const bothApis = "test/e2e/support/both-apis.yaml";

  beforeAll(async () => {
    const empty = await lab.inLab(
      "pulumi config set scenario none && pulumi config rm step && pulumi up --yes --skip-preview",
    );
    expect(empty.exitCode, empty.output).toBe(0);
    const { images } = readSupply(join(lab.folder, ".lab", "supply.json"));
    const applied = await lab.inLab(
      `sed 's|HTTPBIN|${images.httpbin}|' ${bothApis} | kubectl apply --filename - && ` +
        "kubectl --namespace pages rollout status deployment/httpbin --timeout 60s",
    );
    expect(applied.exitCode, applied.output).toBe(0);
  });

  afterAll(async () => {
    const { exitCode, output } = await lab.inLab("kubectl delete namespace pages");
    expect(exitCode, output).toBe(0);
  });

  /** The answer's status, and which gateway let the request in. */
  const asked = async (curl: string, host: string, url: string): Promise<string> => {
    const { stdout } = await lab.inLab(`${curl} -sS -i --noproxy '*' -H 'Host: ${host}' ${url}`);
    const [, status] = /^HTTP\/\S+ (\d+)/.exec(stdout) ?? [];
    const [, way] = /^way: (\S+)/m.exec(stdout) ?? [];
    return `${status} by ${way}`;
  };
  const answers = { timeout: 60_000, interval: 500 };

  it.each([
    ["80", "at-80.example.com", "200 by at-80"],
    ["8080", "any.example.com", "200 by at-8080"],
  ])("a Gateway of Istio's at port %s answers at this machine's port", async (_, host, answer) => {
    const call = (): Promise<string> => asked("curl", host, "http://127.0.0.1:18680/status/200");
    await expect.poll(call, answers).toBe(answer);
  });

  it("a Gateway of the Gateway API is made by istiod, and takes an HTTPRoute", async () => {
    const inPod = "kubectl --namespace pages exec deploy/httpbin -c istio-proxy -- curl";
    const at = (host: string): Promise<string> =>
      asked(inPod, host, "http://api-istio.pages/status/200");
    await expect.poll(() => at("api.example.com"), answers).toBe("200 by api");
    // Its listener is for that host alone.
    expect(await at("any.example.com")).toBe("404 by undefined");
  });
});

describe("rendered YAML", () => {
  it("does by kubectl on a bare lab what the program does", async () => {
    const empty = await lab.inLab(
      "pulumi config set scenario none && pulumi config rm step && pulumi up --yes --skip-preview",
    );
    expect(empty.exitCode, empty.output).toBe(0);
    const choice = ["--scenario", "bookinfo-routing", "--step", "all-v1"];
    const rendered = await lab.run("npm", [
      "run",
      "-s",
      "render",
      "--",
      ...choice,
      "--out",
      "rendered",
    ]);
    expect(rendered.exitCode, rendered.output).toBe(0);
    const applied = await lab.inLab("kubectl apply --server-side --force-conflicts -f rendered");
    expect(applied.exitCode, applied.output).toBe(0);
    const verified = await lab.run("npm", ["run", "-s", "verify", "--", ...choice]);
    expect(verified.exitCode, verified.output).toBe(0);
  });
});
