import { describe, expect, it } from "vitest";
import { defaultClusterName, type ConfigContext } from "../../components/config-rules.ts";
import { settings } from "../../components/config-schema.ts";
import { checkConfig, ownConfig } from "../../components/config.ts";
import { ConfigError } from "../../components/faults.ts";
import { acceptedConfig } from "../support/config.ts";

const context: ConfigContext = {
  stack: "dev",
  scenarios: [
    {
      id: "statefulset-ingress",
      steps: [{ id: "tls-assets" }, { id: "app" }, { id: "ingress" }, { id: "observe" }],
    },
    { id: "bookinfo-routing", steps: [{ id: "all-v1" }] },
  ],
  supply: {
    kind: "official",
    missingImages: {},
    rolesInNode: [],
    nodeImage: "kindest/node:pinned",
    istio: { version: "1.31.1" },
  },
};
const existing = { cluster: "existing", kubeContext: "prod" };

/** The keys (first word of each fault) that were refused. */
function refused(raw: Record<string, string>): string[] {
  return checkConfig(raw, context).faults.map(({ problem }) => problem.split(":")[0] ?? "");
}

describe("checkConfig", () => {
  it("gives the documented defaults when nothing is set", () => {
    expect(acceptedConfig({}, context)).toEqual({
      scenario: "statefulset-ingress",
      step: "tls-assets",
      verify: true,
      cluster: "kind",
      clusterName: "istio",
      nodes: 1,
      gatewayServiceType: "NodePort",
      httpNodePort: 31380,
      httpsNodePort: 31390,
      statusNodePort: 31521,
      httpPort: 80,
      httpsPort: 443,
      statusPort: 15021,
      listenAddress: "127.0.0.1",
      replicas: 2,
      domain: "example.com",
      weightV2: 20,
      certificateDays: 365,
      keyAlgorithm: "RSA-2048",
      precedenceLevel: "port",
      certificateEpoch: 1,
      metallb: false,
      addons: [],
      registry: false,
      externalBackend: "stub",
      issuer: "ca",
    });
  });

  it("can't be changed afterwards, its lists neither", () => {
    const config = acceptedConfig({ addons: "kiali" }, context);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.addons)).toBe(true);
  });

  it.each([
    ["an empty text where the default is one", { kubeconfig: "", imageRegistry: "" }, {}],
    [
      "numbers as text",
      { replicas: "20", certificateDays: "3650" },
      { replicas: 20, certificateDays: 3650 },
    ],
    ["switches as text", { verify: "false" }, { verify: false }],
    ["a list as JSON", { addons: '["prometheus","kiali"]' }, { addons: ["prometheus", "kiali"] }],
    [
      "a list with commas, without doubles",
      { addons: "kiali, prometheus,kiali" },
      { addons: ["kiali", "prometheus"] },
    ],
    ["an IPv6 address", { listenAddress: "::1" }, { listenAddress: "::1" }],
    [
      "a registry with port and path",
      { imageRegistry: "mirror.example.org:5000/lab/a" },
      { imageRegistry: "mirror.example.org:5000/lab/a" },
    ],
    [
      "another scenario's step",
      { scenario: "bookinfo-routing", step: "all-v1" },
      { scenario: "bookinfo-routing", step: "all-v1" },
    ],
    ["the supply's own version by name", { istioVersion: "1.31.1" }, { istioVersion: "1.31.1" }],
    ["an existing cluster", existing, existing],
  ])("takes %s", (_, raw, expected) => {
    expect(acceptedConfig(raw, context)).toEqual({ ...acceptedConfig({}, context), ...expected });
  });

  it("takes another version, image and more nodes with the official supply", () => {
    const raw = { istioVersion: "1.30.0", nodeImage: "kindest/node:v1.33.1", nodes: "3" };
    expect(acceptedConfig(raw, context)).toMatchObject({
      istioVersion: "1.30.0",
      nodeImage: "kindest/node:v1.33.1",
      nodes: 3,
    });
  });

  it("finds every fault, for one error", () => {
    const raw = { scenario: "statefulset-ingress", step: "ingres", nodes: "many", relicas: "3" };
    expect(new ConfigError(checkConfig(raw, context).faults).message).toBe(
      [
        "3 faults; nothing was changed.",
        '  relicas: there is no such key; did you mean "replicas"?\n' +
          "    accepted: for replicas: a whole number from 1 to 20\n" +
          "    do: pulumi config rm istio-lab:relicas, then pulumi config set istio-lab:replicas VALUE",
        '  nodes: given "many"\n' +
          "    accepted: a whole number from 1 to 10\n" +
          "    do: pulumi config set istio-lab:nodes 1",
        '  step: given "ingres", which is not a step of scenario "statefulset-ingress"; closest: "ingress"\n' +
          "    accepted: tls-assets, app, ingress, observe\n" +
          "    do: pulumi config set istio-lab:step ingress",
      ].join("\n\n"),
    );
  });
});

describe("unknown keys", () => {
  it("lists all keys when none is alike, and never shows the value", () => {
    const [fault] = checkConfig({ awsSecretAccessKey: "hunter2" }, context).faults;
    expect(fault).toEqual({
      problem: "awsSecretAccessKey: there is no such key",
      accepted: Object.keys(settings).join(", "),
      fix: "pulumi config rm istio-lab:awsSecretAccessKey",
    });
  });

  it.each(["constructor", "toString", "__proto__"])("%s is one", (key) => {
    const raw = Object.fromEntries([[key, "x"]]);
    expect(refused(raw)).toEqual([key]);
  });
});

describe("cluster name", () => {
  it.each([
    ["dev", "istio"],
    ["two", "istio-two"],
  ])("of stack %s is %s", (stack, name) => {
    expect(defaultClusterName(stack)).toBe(name);
    expect(acceptedConfig({ clusterName: "" }, { ...context, stack }).clusterName).toBe(name);
  });
});

describe("ownConfig", () => {
  it("keeps the project's keys and drops their prefix", () => {
    expect(
      ownConfig({ "istio-lab:step": "app", "pulumi:tags": "{}", "istio-lab-x:step": "no" }),
    ).toEqual({ step: "app" });
  });
});
