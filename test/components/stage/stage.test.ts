import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { applyObjects } from "../../../components/kubernetes-manifest.ts";
import { identities, stageType } from "../../../components/stage/makers.ts";
import { Stage, type StageArgs } from "../../../components/stage/stage.ts";
import { drain, find, record, whole, type Registration } from "../../support/mocks.ts";

const args: StageArgs = { incarnations: {}, live: undefined, strangers: [], sidecars: true };
const service = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a", namespace: "default", labels: { app: "a" } },
};
const type = "kubernetes:core/v1:ConfigMap";
const key = "ConfigMap default/a";

class Maker extends pulumi.ComponentResource {
  constructor(maker: string, parent: pulumi.Resource) {
    super(maker, "maker", {}, { parent });
    applyObjects([service], { parent: this });
  }
}

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

/** The one object of a stage, as it is registered. */
async function staged(more: Partial<StageArgs> = {}): Promise<Registration> {
  const stage = new Stage("scenario", { ...args, ...more });
  applyObjects([service], { parent: stage });
  await drain();
  return find(registered.splice(0), "default/a");
}

describe("Stage", () => {
  it("is a component without inputs", async () => {
    new Stage("scenario", args);
    await drain();
    expect(whole(registered)).toEqual([{ type: stageType, name: "scenario", inputs: {} }]);
  });

  it("labels its objects with the stack, beside their own labels", async () => {
    expect((await staged()).inputs).toEqual({
      ...service,
      metadata: { ...service.metadata, labels: { app: "a", "istio-lab/stage": "dev" } },
    });
  });

  it("takes an object for the same, whichever component makes it", async () => {
    const place = { stack: "dev", project: "istio-lab", type, name: "default/a" };
    const direct = await staged();
    expect(direct.aliases).toEqual(identities(place));
    expect(direct.aliases).toContain(
      `urn:pulumi:dev::istio-lab::${direct.qualifiedType}::default/a`,
    );

    const stage = new Stage("scenario", args);
    new Maker("istio-lab:ingress:HostRoute", stage);
    await drain();
    const made = find(registered, "default/a");
    expect(made.qualifiedType).toBe(`${stageType}$istio-lab:ingress:HostRoute$${type}`);
    expect(made.aliases).toEqual(direct.aliases);
    expect(made.inputs).toEqual(direct.inputs);
  });

  it.each([
    ["is new", {}, [], false],
    ["is there as noted", { [key]: 2 }, [key], false],
    ["was deleted behind Pulumi's back", { [key]: 2 }, [], true],
    ["is there, but not noted", {}, [key], true],
    ["can't be asked for: its cluster may be gone", { [key]: 2 }, undefined, false],
  ])(
    "an object that %s: whether it is deleted before it is made anew",
    async (_, known, live, first) => {
      const state = { incarnations: known, live: live && new Set(live) };
      expect((await staged(state)).deleteBeforeReplace).toBe(first);
    },
  );

  it.each([
    ["is new", {}, undefined, 1],
    ["is there", { [key]: 2 }, [key], 2],
    ["was deleted behind Pulumi's back", { [key]: 2 }, [], 3],
    ["can't be asked for", { [key]: 2 }, undefined, 2],
  ])("an object that %s", async (_, incarnations, live, trigger) => {
    const state = { incarnations, live: live && new Set(live) };
    expect((await staged(state)).replacementTrigger).toBe(trigger);
  });

  it.each([true, false])(
    "rolls the pods of namespace default with sidecars %s",
    async (sidecars) => {
      const template = { spec: { containers: [] } };
      const deployment = { apiVersion: "apps/v1", kind: "Deployment", spec: { template } };
      const stage = new Stage("scenario", { ...args, sidecars });
      const objects = ["default", "other"].map((namespace) => ({
        ...deployment,
        metadata: { name: "b", namespace },
      }));
      applyObjects(objects, { parent: stage });
      await drain();
      expect(find(registered, "default/b").inputs["spec"]).toEqual({
        template: {
          ...template,
          metadata: { annotations: { "istio-lab/sidecars": String(sidecars) } },
        },
      });
      expect(find(registered, "other/b").inputs["spec"]).toEqual({ template });
    },
  );

  it("knows the keys of its objects in a fixed order, and how often each was made", async () => {
    const stage = new Stage("scenario", { ...args, incarnations: { [key]: 4 } });
    applyObjects([service], { parent: stage });
    new kubernetes.core.v1.Namespace("Z", { metadata: { name: "Z" } }, { parent: stage });
    applyObjects([{ ...service, apiVersion: "apps/v1", kind: "Deployment" }], { parent: stage });
    await drain();
    expect(stage.keys).toEqual([key, "Deployment.apps default/a", "Namespace Z"]);
    expect(stage.incarnations).toEqual({
      [key]: 4,
      "Deployment.apps default/a": 1,
      "Namespace Z": 1,
    });
  });

  it("knows which of its objects claim hosts, whoever makes them, before they are registered", async () => {
    const stage = new Stage("scenario", args);
    const entry = {
      apiVersion: "networking.istio.io/v1",
      kind: "ServiceEntry",
      metadata: { name: "ext", namespace: "default" },
      spec: { hosts: ["httpbin.org"] },
    };
    // The Gateway API's, which is none of Istio's.
    const other = { ...entry, apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway" };
    applyObjects([entry, other, { ...entry, kind: "Sidecar" }, service], { parent: stage });
    expect(stage.claimants).toEqual([
      { kind: "ServiceEntry", namespace: "default", name: "ext", spec: entry.spec },
    ]);
    await drain();
  });

  it("leaves alone what is no object of its own: patches, releases, what is not in the cluster", async () => {
    const parent = new Stage("scenario", args);
    const metadata = { name: "default", labels: { a: "b" } };
    new kubernetes.core.v1.NamespacePatch("default", { metadata }, { parent });
    new kubernetes.helm.v3.Release("release", { chart: "c" }, { parent });
    new Other("other", parent);
    await drain();
    expect(parent.keys).toEqual([]);
    for (const { name, aliases, replacementTrigger, deleteBeforeReplace } of registered.slice(1)) {
      expect({ name, aliases, replacementTrigger, deleteBeforeReplace }).toEqual({
        name,
        aliases: [],
        replacementTrigger: undefined,
        deleteBeforeReplace: false,
      });
    }
    expect(find(registered, "default").inputs["metadata"]).toEqual(metadata);
  });
});

class Other extends pulumi.CustomResource {
  constructor(name: string, parent: pulumi.Resource) {
    super("test:other:Other", name, {}, { parent });
  }
}
