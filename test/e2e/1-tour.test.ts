import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scenarios } from "../../components/scenarios/registry.ts";
import { stackBeside } from "./support/answers.ts";
import { freshCheckout, type Checkout } from "./support/checkout.ts";
import { removeContainer } from "./support/engine.ts";
import { faultsOf, tour, type TouredStep } from "./support/tour.ts";

const cluster = "istio-tour";

let lab: Checkout;

beforeAll(async () => {
  await removeContainer(`${cluster}-control-plane`);
  const balanced = { gatewayServiceType: "LoadBalancer", metallb: "true" };
  lab = await freshCheckout({
    dev: stackBeside(cluster, 18380, { scenario: "none", ...balanced }),
  });
  const { exitCode, output } = await lab.run("npm", ["run", "up"]);
  expect(exitCode, output).toBe(0);
});

afterAll(async () => {
  await lab.run("npm", ["run", "down"]);
  await lab.remove();
  await removeContainer(`${cluster}-control-plane`);
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
      steps = await tour(lab, ["--report", join(lab.folder, ".lab", "tour.html")]);
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
