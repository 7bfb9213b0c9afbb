import { describe, expect, it } from "vitest";
import type { ConfigContext } from "../../components/config-rules.ts";
import { checkConfig } from "../../components/config.ts";

const context: ConfigContext = {
  stack: "dev",
  scenarios: [
    {
      id: "statefulset-ingress",
      steps: [{ id: "tls-assets" }, { id: "app" }, { id: "ingress" }, { id: "observe" }],
    },
    { id: "helloworld-ingress", steps: [{ id: "no-route" }], needs: ["load-balancer"] },
  ],
  supply: {
    kind: "official",
    missingImages: {},
    rolesInNode: [],
    nodeImage: "kindest/node:pinned",
    istio: { version: "1.31.1" },
  },
};
const registryOnly: ConfigContext = {
  ...context,
  supply: { ...context.supply, kind: "registry-only" },
};

/** The keys (first word of each fault) that were refused. */
function refused(raw: Record<string, string>, within: ConfigContext = context): string[] {
  return checkConfig(raw, within).faults.map(({ problem }) => problem.split(":")[0] ?? "");
}

describe("rules across values", () => {
  it.each([
    ["two ports are one: the moved one is named", { httpPort: "443" }, ["httpPort"]],
    [
      "three ports are one",
      { httpPort: "8080", httpsPort: "8080", statusPort: "8080" },
      ["httpsPort", "statusPort"],
    ],
    ["a registry of the lab's own", { registry: "true" }, ["registry"]],
    ["two node ports are one", { statusNodePort: "31380" }, ["statusNodePort"]],
    ["an existing cluster without a context", { cluster: "existing" }, ["kubeContext"]],
    ["a LoadBalancer on kind", { gatewayServiceType: "LoadBalancer" }, ["gatewayServiceType"]],
    [
      "a scenario that needs a load balancer, and another fault",
      { scenario: "helloworld-ingress", step: "no-route", httpPort: "443" },
      ["httpPort", "scenario"],
    ],
    [
      "a LoadBalancer on kind for a scenario that needs one: one fault",
      { scenario: "helloworld-ingress", step: "no-route", gatewayServiceType: "LoadBalancer" },
      ["gatewayServiceType"],
    ],
  ])("%s", (_, raw, keys) => {
    expect(refused(raw)).toEqual(keys);
  });

  it.each([
    ["istioVersion", "1.30.0", "1.31.1"],
    ["nodeImage", "kindest/node:v1.33.1", "kindest/node:pinned"],
  ])("%s = %s needs the official supply", (key, value, accepted) => {
    expect(checkConfig({ [key]: value }, registryOnly).faults).toMatchObject([{ accepted }]);
  });

  it("says that a value is for a later version", () => {
    expect(checkConfig({ issuer: "acme" }, context).faults).toEqual([
      {
        problem: 'issuer: given "acme", which is not in this version',
        accepted: "ca",
        fix: "pulumi config set istio-lab:issuer ca",
      },
    ]);
  });

  it.each([
    ["metallb", { metallb: "true" }],
    ["a LoadBalancer with metallb", { gatewayServiceType: "LoadBalancer", metallb: "true" }],
  ])("takes %s on kind", (_, raw) => {
    expect(refused(raw)).toEqual([]);
  });

  it("says that a LoadBalancer on kind needs metallb", () => {
    expect(checkConfig({ gatewayServiceType: "LoadBalancer" }, context).faults).toEqual([
      {
        problem:
          'gatewayServiceType: given "LoadBalancer", but metallb is "false", and kind itself gives no address to one',
        accepted: "NodePort; LoadBalancer with metallb true",
        fix: "pulumi config set istio-lab:metallb true (the cluster is kept), or pulumi config set istio-lab:gatewayServiceType NodePort",
      },
    ]);
  });

  const loadBalancer = "pulumi config set istio-lab:gatewayServiceType LoadBalancer";
  it.each([
    [
      "kind",
      {},
      `${loadBalancer} && pulumi config set istio-lab:metallb true (the cluster is kept, not rebuilt)`,
    ],
    [
      "kind with metallb",
      { metallb: "true" },
      `${loadBalancer} (the cluster is kept, not rebuilt)`,
    ],
    ["an existing cluster", { cluster: "existing", kubeContext: "prod" }, loadBalancer],
  ])("names every key that a scenario needs for its load balancer: %s", (_, more, fix) => {
    const raw = { scenario: "helloworld-ingress", step: "no-route", ...more };
    expect(checkConfig(raw, context).faults).toEqual([
      {
        problem:
          'scenario: given "helloworld-ingress", which needs a load balancer before the gateway, but gatewayServiceType is "NodePort"',
        accepted: "statefulset-ingress",
        fix,
      },
    ]);
  });

  it("takes a scenario whose load balancer is there", () => {
    const raw = { scenario: "helloworld-ingress", step: "no-route", metallb: "true" };
    expect(refused({ ...raw, gatewayServiceType: "LoadBalancer" })).toEqual([]);
  });

  it("names the scenarios that have the step", () => {
    const scenarios = [
      { id: "mirroring", steps: [{ id: "all-v1" }] },
      { id: "bookinfo-faults", steps: [{ id: "delay-7s" }, { id: "clean" }] },
      { id: "httpbin-ingress", steps: [{ id: "clean" }] },
    ];
    const check = (step: string): readonly object[] =>
      checkConfig({ scenario: "mirroring", step }, { ...context, scenarios }).faults;
    const set = "pulumi config set istio-lab";
    expect(check("delay-7s")).toEqual([
      {
        problem:
          'step: given "delay-7s", which is not a step of scenario "mirroring", but of bookinfo-faults',
        accepted: "all-v1",
        fix: `${set}:scenario bookinfo-faults, or ${set}:step all-v1`,
      },
    ]);
    expect(check("clean")).toMatchObject([
      {
        problem:
          'step: given "clean", which is not a step of scenario "mirroring", but of bookinfo-faults, httpbin-ingress',
        fix: `${set}:scenario bookinfo-faults, or ${set}:scenario httpbin-ingress, or ${set}:step all-v1`,
      },
    ]);
  });

  it("does not judge the step of a scenario that does not exist", () => {
    expect(refused({ scenario: "nope", step: "nope" })).toEqual(["scenario"]);
  });

  it("ignores the keys that only kind reads when the cluster is an existing one", () => {
    const raw = {
      cluster: "existing",
      kubeContext: "prod",
      nodes: "3",
      metallb: "true",
      gatewayServiceType: "LoadBalancer",
    };
    expect(refused(raw, registryOnly)).toEqual([]);
  });

  it("is asked for when the stack's name can't make one", () => {
    const [fault] = checkConfig({}, { ...context, stack: "My_Stack" }).faults;
    expect(fault?.problem).toBe(
      'clusterName: not set, and "istio-My_Stack", made from the stack\'s name "My_Stack", can\'t be one',
    );
  });
});
