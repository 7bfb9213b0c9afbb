import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { labOutputs, readme, type LabOutputsArgs } from "../../components/outputs.ts";
import type { Scenario } from "../../components/scenarios/scenario.ts";
import { officialSupply } from "../../components/supply.ts";
import * as support from "../support/lab.ts";
import { record, valueOf } from "../support/mocks.ts";
import { omit } from "../support/omit.ts";

const scenario: Scenario = {
  id: "lesson",
  title: "A lesson",
  about: "What it is about.",
  steps: [
    { id: "one", about: "the first" },
    { id: "two", about: "the second" },
  ],
  build: () => ({ hosts: [] }),
  proof: () => [],
  tryIt: (lab, step) => [`curl ${lab.gatewayUrls.join(" ")}`, `echo ${step}`],
  lookFor: () => [],
};

let args: LabOutputsArgs;

beforeEach(async () => {
  await record();
  args = {
    config: support.labConfig({
      replicas: "3",
      domain: "lab.test",
      weightV2: "20",
      certificateDays: "30",
      addons: "kiali",
    }),
    supply: {
      ...officialSupply,
      limits: { kiali: "no web UI" },
      parts: [{ name: "kind", version: "0.33.0", from: "downloaded" }],
    },
    cluster: support.fakeCluster(),
    gateway: { address: "127.0.0.1", httpPort: 80, httpsPort: 443, statusPort: 15021 },
    scenario,
    built: { hosts: ["a.lab.test", "b.lab.test"], caCertPem: pulumi.output("the CA") },
    caCertPath: "/lab/.lab/dev/ca.crt",
    objects: ["Service default/a"],
  };
});

describe("labOutputs", () => {
  it("is all that a proof may know", async () => {
    expect(await valueOf(pulumi.output(labOutputs(args)))).toEqual({
      scenario: "lesson",
      step: "tls-assets",
      steps: ["one", "two"],
      kubeconfigPath: "/lab/.lab/dev/kubeconfig",
      kubeContext: "kind-istio",
      nodeContainer: "istio-control-plane",
      objects: ["Service default/a"],
      gatewayUrls: ["https://a.lab.test", "https://b.lab.test"],
      gatewayAddress: "127.0.0.1",
      httpPort: 80,
      httpsPort: 443,
      statusPort: 15021,
      hosts: ["a.lab.test", "b.lab.test"],
      replicas: 3,
      addons: ["kiali"],
      domain: "lab.test",
      weightV2: 20,
      certificateDays: 30,
      keyAlgorithm: "RSA-2048",
      precedenceLevel: "port",
      caCertPem: "the CA",
      caCertPath: "/lab/.lab/dev/ca.crt",
      supply: {
        kind: "official",
        limits: { kiali: "no web UI" },
        parts: { kind: "0.33.0, downloaded" },
      },
    });
  });

  it("holds no secret", async () => {
    expect(await pulumi.isSecret(pulumi.output(labOutputs(args)))).toBe(false);
  });

  it("writes the port into the URLs where it is not HTTPS's own", async () => {
    const gateway = {
      address: "203.0.113.7",
      httpPort: 31380,
      httpsPort: 31390,
      statusPort: 31021,
    };
    expect(await valueOf(pulumi.output(labOutputs({ ...args, gateway })))).toMatchObject({
      gatewayUrls: ["https://a.lab.test:31390", "https://b.lab.test:31390"],
      gatewayAddress: "203.0.113.7",
      httpPort: 31380,
      httpsPort: 31390,
      statusPort: 31021,
    });
  });

  it("writes http URLs for a scenario that is plain, its port where it is not 80", async () => {
    const built = { hosts: ["a.lab.test"], scheme: "http" as const };
    const moved = { ...args.gateway, httpPort: 8080 };
    expect(await valueOf(pulumi.output(labOutputs({ ...args, built })))).toMatchObject({
      gatewayUrls: ["http://a.lab.test"],
    });
    expect(
      await valueOf(pulumi.output(labOutputs({ ...args, built, gateway: moved }))),
    ).toMatchObject({
      gatewayUrls: ["http://a.lab.test:8080"],
    });
  });

  it("leaves out what there is not: no kind node, no CA", () => {
    const known = labOutputs({
      ...omit(args, "caCertPath"),
      cluster: omit(args.cluster, "nodeContainer"),
      built: { hosts: ["a.lab.test"] },
    });
    expect(Object.keys(known)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/nodeContainer|caCert/)]),
    );
  });
});

describe("readme", () => {
  const lab = support.labOutputs("two", 1, { scenario: "lesson", steps: ["one", "two"] });

  it("says where the lab stands and what to try", () => {
    expect(readme(lab, scenario)).toMatch(
      /^# A lesson\n\nWhat it is about\.\n\n- one: the first\n- \*\*two\*\*: the second\n\nTry it:\n\n```sh\ncurl https:\/\/httpbin-0\.example\.com:8443\necho two\n```\n\n/,
    );
  });

  it("marks the deployed step only", () => {
    expect(readme({ ...lab, step: "one" }, scenario).match(/\*\*\w+\*\*/g)).toEqual(["**one**"]);
  });

  it.each([
    ["one", "two"],
    ["two", "one"],
  ])("says at step %s how to move to %s: the next, and the first after the last", (step, next) => {
    expect(readme({ ...lab, step }, scenario)).toContain(
      `pulumi config set step ${next} && pulumi up`,
    );
  });
});
