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
  ],
  supply: {
    kind: "official",
    limits: {},
    nodeImage: "kindest/node:pinned",
    istio: { version: "1.31.1" },
  },
};
const registryOnly: ConfigContext = {
  ...context,
  supply: {
    ...context.supply,
    kind: "registry-only",
    limits: { "multi-node": "its CNI is not among the packages" },
  },
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
    ["the real outside world", { externalBackend: "internet" }, ["externalBackend"]],
    ["two node ports are one", { statusNodePort: "31380" }, ["statusNodePort"]],
    ["an existing cluster without a context", { cluster: "existing" }, ["kubeContext"]],
    ["a LoadBalancer on kind", { gatewayServiceType: "LoadBalancer" }, ["gatewayServiceType"]],
    [
      "a LoadBalancer on kind with metallb",
      { gatewayServiceType: "LoadBalancer", metallb: "true" },
      ["metallb"],
    ],
  ])("%s", (_, raw, keys) => {
    expect(refused(raw)).toEqual(keys);
  });

  it.each([
    ["nodes", "2", "1"],
    ["istioVersion", "1.30.0", "1.31.1"],
    ["nodeImage", "kindest/node:v1.33.1", "kindest/node:pinned"],
  ])("%s = %s needs the official supply", (key, value, accepted) => {
    expect(checkConfig({ [key]: value }, registryOnly).faults).toMatchObject([{ accepted }]);
  });

  it("says why a supply makes one node only", () => {
    expect(checkConfig({ nodes: "2" }, registryOnly).faults[0]?.problem).toBe(
      'nodes: given "2", but the registry-only supply makes one node only: its CNI is not among the packages',
    );
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
