import { describe, expect, it } from "vitest";
import type { Expectation } from "../../../components/scenarios/expectation.ts";
import { helloworldNext } from "../../../components/scenarios/helloworld-next.ts";
import { splitBounds } from "../../../components/scenarios/helloworld-next/rollout-proof.ts";
import { officialSupply } from "../../../components/supply.ts";
import { buildStep } from "../../support/build-step.ts";
import { base, one, route } from "../../support/helloworld-next.ts";
import { labOutputs } from "../../support/lab.ts";
import { find, listed } from "../../support/mocks.ts";

const build = (
  step: string,
  raw: Readonly<Record<string, string>> = {},
): ReturnType<typeof buildStep> => buildStep("helloworld-next", step, raw);

describe("helloworld-next", () => {
  it("grafana adds Grafana and Prometheus to one version", async () => {
    const registered = listed(await build("grafana"));
    const addOn = (name: string): boolean => /prometheus|grafana|Prometheus|Grafana/.test(name);
    expect(registered.filter((name) => !addOn(name))).toEqual([...base, one].sort());
    expect(registered.filter((name) => /[Gg]rafana/.test(name))).toEqual([
      "istio-lab:addons:Grafana grafana",
      "kubernetes:apps/v1:Deployment istio-system/grafana",
      "kubernetes:core/v1:ConfigMap istio-system/grafana",
      "kubernetes:core/v1:ConfigMap istio-system/grafana-dashboards",
      "kubernetes:core/v1:Service istio-system/grafana",
      "kubernetes:core/v1:ServiceAccount istio-system/grafana",
    ]);
  });

  it("grafana is its configuration alone where the supply has no Grafana", async () => {
    const supply = { ...officialSupply, limits: { grafana: "not among the packages" } };
    const registered = listed(await buildStep("helloworld-next", "grafana", {}, supply));
    expect(registered.filter((name) => /[Gg]rafana/.test(name))).toEqual([
      "istio-lab:addons:Grafana grafana",
      "kubernetes:core/v1:ConfigMap istio-system/grafana",
      "kubernetes:core/v1:ConfigMap istio-system/grafana-dashboards",
    ]);
  });

  it("rollout is two versions and a subset for each", async () => {
    const registered = await build("rollout");
    expect(listed(registered)).toEqual(
      [
        ...base,
        "kubernetes:apps/v1:Deployment default/helloworld-v1",
        "kubernetes:apps/v1:Deployment default/helloworld-v2",
        "kubernetes:networking.istio.io/v1:DestinationRule default/helloworld",
      ].sort(),
    );
    expect(
      find(registered, "default/helloworld", "kubernetes:networking.istio.io/v1:DestinationRule")
        .inputs["spec"],
    ).toEqual({
      host: "helloworld.default.svc.cluster.local",
      subsets: ["v1", "v2"].map((version) => ({ name: version, labels: { version } })),
    });
  });

  it.each([
    [{}, 80, 20],
    [{ weightV2: "0" }, 100, 0],
    [{ weightV2: "100" }, 0, 100],
  ])("rollout with %j gives %i to v1 and %i to v2", async (raw, first, second) => {
    expect(find(await build("rollout", raw), "default/helloworld", route).inputs["spec"]).toEqual({
      hosts: ["helloworld.fireflyclass.com"],
      gateways: ["istio-system/ingressgateway"],
      http: [
        {
          route: [
            ["v1", first],
            ["v2", second],
          ].map(([subset, weight]) => ({
            destination: {
              host: "helloworld.default.svc.cluster.local",
              subset,
              port: { number: 80 },
            },
            weight,
          })),
        },
      ],
    });
  });
});

describe("the proof", () => {
  const rows = (step: string, weightV2 = 20): readonly Expectation[] =>
    helloworldNext.proof({ ...labOutputs(step), weightV2 }, step);

  it.each([
    [20, { atLeast: 17, atMost: 63 }],
    [50, { atLeast: 71, atMost: 129 }],
    [1, { atLeast: 0, atMost: 8 }],
  ])("allows four standard deviations around %i percent of 200", (percent, bounds) => {
    expect(splitBounds(200, percent)).toEqual(bounds);
  });

  it("of rollout counts 200 answers, or is exact at both ends", () => {
    expect(rows("rollout").at(-1)?.check).toMatchObject({
      times: 200,
      shares: [{ text: "Version: 2.0.0", atLeast: 17, atMost: 63 }],
    });
    expect(rows("rollout", 0).at(-1)?.check).toMatchObject({
      times: 50,
      expect: { body: { contains: ["Version: 1.0.0"], lacks: ["Version: 2.0.0"] } },
    });
    expect(rows("rollout", 100).at(-1)?.check).toMatchObject({
      times: 50,
      expect: { body: { contains: ["Version: 2.0.0"], lacks: ["Version: 1.0.0"] } },
    });
  });

  it("of grafana asks Grafana only where the supply has it", () => {
    expect(rows("grafana").map(({ needs = "nothing" }) => needs)).toEqual([
      "nothing",
      "nothing",
      "istio-metrics",
      "grafana",
    ]);
  });
});
