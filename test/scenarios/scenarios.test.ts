import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { helloworldIngress } from "../../components/scenarios/helloworld-ingress.ts";
import { scenarios } from "../../components/scenarios/registry.ts";
import type { Scenario, Step } from "../../components/scenarios/scenario.ts";
import { checkConfig } from "../../components/config.ts";
import { statefulsetIngress } from "../../components/scenarios/statefulset-ingress.ts";
import { officialSupply } from "../../components/supply.ts";
import type { StatePlace } from "../../hack/lab/settle-state.ts";
import { configuredValues, deployedOutputs } from "../../hack/scenarios/current-step.ts";
import { expectedOutputs } from "../../hack/scenarios/expected-outputs.ts";
import { findLesson } from "../../hack/scenarios/find-lesson.ts";
import { scenarioList } from "../../hack/scenarios/list.ts";
import { settingsToGo, story } from "../../hack/scenarios/story.ts";
import type { HandsOn } from "../../hack/scenarios/story.ts";
import { everyStep } from "../support/every-step.ts";
import { labOutputs } from "../support/lab.ts";
import { scenarioOf, threeSteps } from "../tour/fake-tour.ts";

const other = scenarioOf("other-lesson", [{ id: "base", about: "all of it" }]);
const two = [threeSteps, other];

describe("scenarioList", () => {
  it("has a line a scenario and marks the deployed step", () => {
    const list = scenarioList(two, { scenario: "lesson", step: "two", deployed: true });
    expect(list.split("\n").slice(0, 4)).toEqual([
      "* lesson        one, [two], three",
      "  other-lesson  base",
      "",
      "* deployed: lesson, step two",
    ]);
  });

  it("says so where no lab is up", () => {
    const list = scenarioList(two, { scenario: "other-lesson", step: "base", deployed: false });
    expect(list).toContain("* other-lesson  [base]");
    expect(list).toContain("* configured: other-lesson, step base; no lab is up");
  });
});

describe("findLesson", () => {
  it("finds a scenario, or one step of it", () => {
    expect(findLesson(two, "lesson")).toEqual({ scenario: threeSteps });
    expect(findLesson(two, "lesson/two").step?.id).toBe("two");
  });

  it.each([
    ["leson", 'unknown scenario "leson"; closest: lesson, '],
    ["lesson/tow", 'unknown step "tow" of lesson; closest: two; there are one, two, three'],
    ["base", 'unknown scenario "base"; closest: other-lesson/base (npm run scenarios'],
    [
      "lesson/base",
      'unknown step "base" of lesson; closest: other-lesson/base; there are one, two, three',
    ],
  ])("answers %s with the closest names", (name, message) => {
    expect(() => findLesson(two, name)).toThrow(message.replace(/, $/, ""));
  });
});

describe("story", () => {
  const [one] = threeSteps.steps;
  const parts = one
    ? [
        {
          step: one,
          settings: {},
          commands: threeSteps.tryIt(labOutputs("one"), "one"),
          lookFor: ["200"],
        },
      ]
    : [];

  it("tells how to get to a step, what to try there and what to look for", () => {
    const told = story(threeSteps, parts, { scenario: "lesson", step: "two", deployed: true });
    expect(told.split("\n").slice(4, 17)).toEqual([
      "Steps",
      "  one    the first",
      "* two    the second",
      "  three  the third",
      "",
      "one: the first",
      "  go there with",
      "    pulumi config set scenario lesson && pulumi config set step one && npm run up",
      "  then try",
      "    curl one",
      "  look for",
      "    - 200",
      "",
    ]);
  });

  it("goes nowhere first where the step is deployed", () => {
    const told = story(threeSteps, parts, { scenario: "lesson", step: "one", deployed: true });
    expect(told).toContain("  is deployed; try\n    curl one");
    expect(told).not.toContain("go there with");
  });
});

describe("the way to a step", () => {
  const loadBalancer = { gatewayServiceType: "LoadBalancer", metallb: "true" };
  const existing = { cluster: "existing", kubeContext: "prod" };

  it.each([
    ["kind", {}],
    ["an existing cluster", existing],
  ])("to every step is one that config takes, on %s", (_, raw) => {
    const context = { stack: "dev", scenarios, supply: officialSupply };
    for (const { title, scenario, step } of everyStep) {
      const told = story(scenario, [handsOn(scenario, step, raw)], nowhere);
      const [, go = ""] = /go there with\n {4}(.*) && npm run up\n/.exec(told) ?? [];
      const set = go.split(" && ").map((command) => command.split(" ").slice(3));
      const config = { ...raw, ...(Object.fromEntries(set) as Record<string, string>) };
      expect(config).toMatchObject({ scenario: scenario.id, step: step.id });
      expect([title, checkConfig(config, context).faults]).toEqual([title, []]);
    }
  });

  it.each([
    ["kind", {}, loadBalancer],
    ["kind with metallb", { metallb: "true" }, { gatewayServiceType: "LoadBalancer" }],
    ["kind with all of it", loadBalancer, {}],
    ["an existing cluster", existing, { gatewayServiceType: "LoadBalancer" }],
  ])("sets what is not set yet: %s", (_, raw, settings) => {
    const [noRoute, unclassed] = helloworldIngress.steps;
    expect(noRoute && settingsToGo(helloworldIngress, noRoute, raw)).toEqual(settings);
    expect(unclassed && settingsToGo(helloworldIngress, unclassed, raw)).toEqual({});
  });

  const nowhere = { scenario: "none", step: "base", deployed: false };
  const handsOn = (
    scenario: Scenario,
    step: Step,
    raw: Readonly<Record<string, string>>,
  ): HandsOn => ({
    step,
    settings: settingsToGo(scenario, step, raw),
    commands: [],
    lookFor: [],
  });
});

describe("what is deployed", () => {
  let state: string;
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), "scenarios-"));
  });
  afterEach(() => {
    rmSync(state, { recursive: true });
  });

  const place = (backend?: string): StatePlace => ({ backend, state });

  function checkpoint(resources: readonly object[]): void {
    const folder = join(state, ".pulumi", "stacks", "istio-lab");
    mkdirSync(folder, { recursive: true });
    const text = JSON.stringify({ checkpoint: { latest: { resources } } });
    writeFileSync(join(folder, "dev.json"), text);
  }

  it("is read from the outputs in Pulumi's local state", () => {
    checkpoint([{ type: "other" }, { type: "pulumi:pulumi:Stack", outputs: labOutputs("app") }]);
    expect(deployedOutputs(place(), "istio-lab", "dev")).toEqual(labOutputs("app"));
  });

  it("is not looked for in the lab's folder where state is kept elsewhere", () => {
    checkpoint([{ type: "pulumi:pulumi:Stack", outputs: labOutputs("app") }]);
    const from = (backend: string): unknown =>
      deployedOutputs(place(backend), "istio-lab", "dev")?.step;
    expect([from("s3://bucket"), from(`file://${state}`)]).toEqual([undefined, "app"]);
  });

  it("is nothing without a state, and before the first `up` has ended", () => {
    expect(deployedOutputs(place(), "istio-lab", "dev")).toBeUndefined();
    checkpoint([{ type: "pulumi:pulumi:Stack", outputs: {} }]);
    expect(deployedOutputs(place(), "istio-lab", "dev")).toBeUndefined();
  });
});

describe("configuredValues", () => {
  it("takes the stack file's values over the project's defaults, and no secret", () => {
    const project =
      "name: lab\nconfig:\n  pulumi:x:\n    value: [k]\n  scenario: {type: string, default: egress}\n  step: {type: string, default: ''}\n";
    const stack = "config:\n  lab:step: blocked\n  lab:replicas: 3\n  lab:token: {secure: v1:x}\n";
    expect(configuredValues(project, stack)).toEqual({
      scenario: "egress",
      step: "blocked",
      replicas: "3",
    });
    expect(configuredValues(project, "")).toEqual({ scenario: "egress", step: "" });
  });
});

describe("expectedOutputs", () => {
  const settings = {
    stack: "dev",
    folder: "/lab/.lab/dev",
    raw: { httpsPort: "8443", domain: "example.org" },
    supply: officialSupply,
    scenarios,
  };

  it("are those that the step will have, with nothing deployed", async () => {
    expect(await expectedOutputs(settings, statefulsetIngress, "ingress")).toMatchObject({
      scenario: "statefulset-ingress",
      step: "ingress",
      kubeContext: "kind-istio",
      kubeconfigPath: "/lab/.lab/dev/kubeconfig",
      gatewayAddress: "127.0.0.1",
      gatewayUrls: ["https://httpbin-0.example.org:8443", "https://httpbin-1.example.org:8443"],
      hosts: ["httpbin-0.example.org", "httpbin-1.example.org"],
      caCertPath: "/lab/.lab/dev/ca.crt",
    });
  });

  it("are refused where config has faults", async () => {
    const bad = { ...settings, raw: { replicas: "none" } };
    await expect(expectedOutputs(bad, statefulsetIngress, "ingress")).rejects.toThrow(
      'config has faults, so what to try can\'t be told:\n  replicas: given "none"',
    );
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    "tell what to try and look for at every step of %s",
    async (_, scenario) => {
      for (const { id } of scenario.steps) {
        const outputs = await expectedOutputs(settings, scenario, id);
        const commands = scenario.tryIt(outputs, id);
        expect([...commands, ...scenario.lookFor(id)].join("\n")).not.toMatch(/undefined|NaN/);
        expect(commands.length).toBeGreaterThan(0);
        expect(scenario.lookFor(id).length).toBeGreaterThan(0);
      }
    },
  );
});
