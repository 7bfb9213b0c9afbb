import { describe, expect, it } from "vitest";
import { scenarioNeedsLoadBalancer } from "../../components/load-balancer-rules.ts";

const needs = ["load-balancer" as const];
const scenarios = [
  { id: "lesson", steps: [{ id: "address", needs }, { id: "other" }] },
  { id: "needy", needs, steps: [{ id: "one" }] },
];
const nodePort = { cluster: "kind", gatewayServiceType: "NodePort", metallb: true } as const;
const fix =
  "pulumi config set istio-lab:gatewayServiceType LoadBalancer (the cluster is kept, not rebuilt)";

describe("scenarioNeedsLoadBalancer", () => {
  it("names the step where only that needs one, and the steps that do not", () => {
    const values = { ...nodePort, scenario: "lesson", step: "address" };
    expect(scenarioNeedsLoadBalancer(values, { scenarios })).toEqual([
      {
        problem:
          'step: given "address", which needs a load balancer before the gateway, but gatewayServiceType is "NodePort"',
        accepted: "other",
        fix,
      },
    ]);
  });

  it("names the scenario where all of it needs one", () => {
    const values = { ...nodePort, scenario: "needy", step: "one" };
    expect(scenarioNeedsLoadBalancer(values, { scenarios })).toEqual([
      {
        problem:
          'scenario: given "needy", which needs a load balancer before the gateway, but gatewayServiceType is "NodePort"',
        accepted: "lesson",
        fix,
      },
    ]);
  });

  it.each([
    ["a step that needs none", { ...nodePort, scenario: "lesson", step: "other" }],
    [
      "a lab that has one",
      { ...nodePort, gatewayServiceType: "LoadBalancer", scenario: "lesson", step: "address" },
    ],
    ["an unknown scenario", { ...nodePort, scenario: "none", step: "address" }],
  ] as const)("is silent about %s", (_, values) => {
    expect(scenarioNeedsLoadBalancer(values, { scenarios })).toEqual([]);
  });
});
