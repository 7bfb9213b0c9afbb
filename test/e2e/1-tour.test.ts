import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scenarios } from "../../components/scenarios/registry.ts";
import { stackBeside } from "./support/answers.ts";
import { freshCheckout, type Checkout } from "./support/checkout.ts";
import { removeContainer } from "./support/engine.ts";
import { snapshot } from "./support/snapshot.ts";

const clusters = ["istio-tour", "istio-direct"];
const balanced = { gatewayServiceType: "LoadBalancer", metallb: "true" };
/** Where the random walk ends: a step whose images are in every node. */
const last = { scenario: "mirroring", step: "mirror-v2" };

interface TouredStep {
  readonly scenario: string;
  readonly step: string;
  readonly failedBefore: boolean | null;
  readonly summary: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly error: string | null;
}

let lab: Checkout;
let direct: Checkout;

async function tour(name: string, args: readonly string[]): Promise<readonly TouredStep[]> {
  const file = join(lab.folder, ".lab", `${name}.json`);
  const { output } = await lab.run("npm", ["run", "-s", "tour", "--", "--json", file, ...args]);
  const text = await readFile(file, "utf8").catch(() => "");
  expect(text, output).not.toBe("");
  return (JSON.parse(text) as { steps: TouredStep[] }).steps;
}

function faultsOf(steps: readonly TouredStep[]): string[] {
  return steps
    .filter(({ error, summary }) => error || summary.failed > 0 || summary.passed === 0)
    .map(
      ({ scenario, step, error, summary }) =>
        `${scenario}/${step}: ${error ?? `${summary.failed} failed`}`,
    );
}

beforeAll(async () => {
  for (const cluster of clusters) await removeContainer(`${cluster}-control-plane`);
  lab = await freshCheckout({
    dev: stackBeside("istio-tour", 18380, { scenario: "none", ...balanced }),
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

describe("a tour of every step", () => {
  const all = scenarios.flatMap(({ id, steps }) => steps.map((step) => `${id}/${step.id}`));
  const mayHoldBefore = new Set(
    scenarios.flatMap(({ id, steps }) =>
      steps.filter(({ sameEffectAs }) => sameEffectAs).map((step) => `${id}/${step.id}`),
    ),
  );
  let steps: readonly TouredStep[] = [];

  it(
    "goes through all of them",
    async () => {
      steps = await tour("tour", ["--report", join(lab.folder, ".lab", "tour.html")]);
      expect(steps.map(({ scenario, step }) => `${scenario}/${step}`)).toEqual(all);
    },
    45 * 60_000,
  );

  it.each(all)("%s: its proof failed before and passed after", (name) => {
    const step = steps.find((one) => `${one.scenario}/${one.step}` === name);
    expect(step && faultsOf([step])).toEqual([]);
    if (!mayHoldBefore.has(name)) expect(step?.failedBefore).toBe(true);
  });

  it("is told in a report that needs nothing else", async () => {
    const html = await readFile(join(lab.folder, ".lab", "tour.html"), "utf8");
    for (const { title } of scenarios) expect(html).toContain(title);
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)=["']?(https?:)?\/\//);
  });
});

describe("any step from any step", () => {
  it(
    "leaves after thirty random moves what a lab has that was made for that step",
    async () => {
      const walked = await tour("walk", [
        "--random",
        "30",
        "--seed",
        "7",
        "--no-before",
        "--no-preview",
      ]);
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
