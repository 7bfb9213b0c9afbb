import { describe, expect, it } from "vitest";
import { scenarios } from "../../../components/scenarios/registry.ts";
import { kinds } from "../../../components/stage/kinds.ts";
import { stageType } from "../../../components/stage/makers.ts";
import { isObject, objectKey, objectName } from "../../../components/stage/object-key.ts";
import { officialSupply } from "../../../components/supply.ts";
import { images, type ImageRole } from "../../../components/versions.ts";
import { deploy, everyStep } from "../../support/every-step.ts";
import type { Registration } from "../../support/mocks.ts";

/** Kinds that have no namespace. */
const unplaced = [
  "Namespace",
  "ClusterRole.rbac.authorization.k8s.io",
  "ClusterRoleBinding.rbac.authorization.k8s.io",
  "IngressClass.networking.k8s.io",
];

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
}

const objectsOf = (registered: readonly Registration[]): Registration[] =>
  registered.filter(({ type }) => isObject(type));
const metadataOf = ({ inputs }: Registration): Metadata => inputs["metadata"] as Metadata;
const keyOf = ({ type, name }: Registration): string => objectKey(type, name);
/** `Deployment.apps`. */
const kindOf = (object: Registration): string => keyOf(object).split(" ")[0] ?? "";

/** The resource of an object as kubectl takes it, with its version. */
function resourceOf(object: Registration): string {
  const [name = "", ...group] = kindOf(object).toLowerCase().split(".");
  const version = /\/(v\w+):/.exec(object.type)?.[1] ?? "no version";
  const ending = /(s|x|ch|sh)$/.test(name) ? "es" : "s";
  const plural = /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}${ending}`;
  return group.length === 0 ? plural : [plural, version, ...group].join(".");
}

describe.each(everyStep.map((one) => [one.title, one] as const))("%s", (_, one) => {
  it("names every object as Kubernetes does, its namespace written out", async () => {
    const objects = objectsOf((await deploy(one)).registered);
    const named = objects.map((object) => [kindOf(object), object.name]);
    expect(named).toEqual(
      objects.map((object) => [kindOf(object), objectName(metadataOf(object))]),
    );
    const placed = objects.map((object) => [
      keyOf(object),
      metadataOf(object).namespace !== undefined,
    ]);
    expect(placed).toEqual(
      objects.map((object) => [keyOf(object), !unplaced.includes(kindOf(object))]),
    );
  });

  it("makes no object twice", async () => {
    const keys = objectsOf((await deploy(one)).registered).map(keyOf);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it("makes only kinds that a move to another step takes away (components/stage/kinds.ts)", async () => {
    const resources = objectsOf((await deploy(one)).registered).map(resourceOf);
    expect([...new Set(resources)].filter((resource) => !kinds.includes(resource))).toEqual([]);
  });

  it("makes them on the stage, by components that are known as makers (components/stage/makers.ts)", async () => {
    for (const { qualifiedType, name, aliases } of objectsOf((await deploy(one)).registered)) {
      expect(qualifiedType.startsWith(`${stageType}$`)).toBe(true);
      expect(aliases).toContain(`urn:pulumi:dev::istio-lab::${qualifiedType}::${name}`);
    }
  });

  it("puts objects under the lab's provider, to go with its cluster", async () => {
    const elsewhere = objectsOf((await deploy(one)).registered).filter(
      ({ provider, deletedWith }) => provider !== "kubernetes" || deletedWith !== "node",
    );
    expect(elsewhere.map(keyOf)).toEqual([]);
  });
});

/** What all steps of all scenarios register, with the scenario. */
async function everything(
  supply = officialSupply,
): Promise<{ readonly scenario: string; readonly registration: Registration }[]> {
  const all = [];
  for (const one of everyStep) {
    const { registered } = await deploy(one, supply);
    all.push(...registered.map((registration) => ({ scenario: one.scenario.id, registration })));
  }
  return all;
}

describe("all scenarios", { timeout: 120_000 }, () => {
  it("make an object with one apiVersion wherever they make it: of another it would be another resource", async () => {
    const types = new Map<string, Set<string>>();
    for (const { registration } of await everything()) {
      if (!isObject(registration.type)) continue;
      const key = keyOf(registration);
      types.set(key, (types.get(key) ?? new Set()).add(registration.type));
    }
    expect([...types].filter(([, { size }]) => size > 1)).toEqual([]);
  });

  it("share a name for certificates only where they are alike: a move would make others anew", async () => {
    const alike = new Map<string, Set<string>>();
    for (const { registration } of await everything()) {
      const { type, name, parent, inputs } = registration;
      if (!/^(tls|istio-lab:certs):/.test(type)) continue;
      const key = `${type} ${name}`;
      const content = JSON.stringify([parent, inputs]);
      alike.set(key, (alike.get(key) ?? new Set()).add(content));
    }
    expect([...alike].filter(([, { size }]) => size > 1)).toEqual([]);
  });

  it.each(scenarios)(
    "$id lists the images of its workloads, and no other",
    async ({ id, images: listed = [] }) => {
      const roles = Object.keys(images) as ImageRole[];
      const marked = Object.fromEntries(roles.map((role) => [role, `role/${role}:1`]));
      const supply = { ...officialSupply, images: marked as typeof officialSupply.images };
      const used = new Set<string>();
      for (const one of everyStep.filter(({ scenario }) => scenario.id === id)) {
        for (const { inputs, qualifiedType } of (await deploy(one, supply)).registered) {
          // Add-ons are there for every scenario that asks for them.
          if (qualifiedType.includes("istio-lab:addons:")) continue;
          const found = JSON.stringify(inputs).matchAll(/"image":"role\/(\w+):1"/g);
          for (const [, role = ""] of found) used.add(role);
        }
      }
      expect([...listed].sort()).toEqual([...used].sort());
    },
  );
});
