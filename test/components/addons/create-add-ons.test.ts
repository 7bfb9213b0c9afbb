import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { createAddOns } from "../../../components/addons/create-add-ons.ts";
import type { AddOn } from "../../../components/config.ts";
import { officialSupply, type Supply } from "../../../components/supply.ts";
import { matching } from "../../support/matching.ts";
import { drain, find, record, type Registration } from "../../support/mocks.ts";

async function create(names: readonly AddOn[], supply: Supply = officialSupply): Promise<string[]> {
  return components(await registered(names, supply));
}

async function registered(names: readonly AddOn[], supply: Supply): Promise<Registration[]> {
  const all = await record();
  createAddOns(
    { supply, istioNamespace: pulumi.output("mesh"), meshOpts: { dependsOn: [] } },
    names,
  );
  await drain();
  return all;
}

const components = (all: readonly Registration[]): string[] =>
  all.flatMap(({ type, name }) => (type.startsWith("istio-lab:addons:") ? [name] : [])).sort();

describe("createAddOns", () => {
  it.each<[AddOn[], string[]]>([
    [[], []],
    [["prometheus"], ["prometheus"]],
    [["kiali"], ["kiali"]],
    [
      ["kiali", "prometheus"],
      ["kiali", "prometheus"],
    ],
    [
      ["prometheus", "kiali", "prometheus"],
      ["kiali", "prometheus"],
    ],
  ])("of %j makes %j, each once", async (names, made) => {
    expect(await create(names)).toEqual(made);
  });

  it("leaves out Kiali where the supply has none", async () => {
    const supply = { ...officialSupply, limits: { kiali: "not among the packages" } };
    expect(await create(["kiali", "prometheus"], supply)).toEqual(["prometheus"]);
  });

  it("puts Prometheus beside the control plane, with this supply's images and rules", async () => {
    const metricRelabelings = [{ regex: "x", action: "labeldrop" }];
    const images = { ...officialSupply.images, prometheus: "p:1" };
    const name = "istio-system/prometheus";
    const all = await registered(["prometheus"], { ...officialSupply, images, metricRelabelings });
    expect(find(all, name, "kubernetes:core/v1:ConfigMap").inputs).toMatchObject({
      metadata: { namespace: "mesh" },
      data: { "prometheus.yml": matching(/regex: x/) },
    });
    const { inputs } = find(all, name, "kubernetes:apps/v1:Deployment");
    expect(JSON.stringify(inputs)).toContain('"p:1"');
  });
});
