import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { KubernetesObject } from "../../components/kubernetes-manifest.ts";
import { scenarios } from "../../components/scenarios/registry.ts";
import { readSupply } from "../../components/supply.ts";
import { chooseStep } from "../../hack/render/choose-step.ts";
import { labSearchPath } from "../../hack/render/pulumi-home.ts";
import { renderSteps } from "../../hack/render/render-steps.ts";
import { supplyFile } from "../../hack/toolchain/paths.ts";
import { everyStep } from "../support/every-step.ts";
import { manifestsWith } from "../support/manifest-files.ts";
import { findSchemas, type FoundSchemas } from "./schema/schema-files.ts";
import { objectValidator, type Validator } from "./schema/validator.ts";

const supply = readSupply(supplyFile);
const steps = everyStep.map(({ scenario, step }) => ({
  scenario: scenario.id,
  step: step.id,
  config: {
    ...chooseStep({ scenario: scenario.id, step: step.id }, { scenarios, supply }),
    // RSA keys for every step would take most of the time.
    keyAlgorithm: "ECDSA-P256" as const,
  },
}));
const rendered = new Map<string, readonly KubernetesObject[]>();
let schemas: FoundSchemas;
let faultsOf: Validator;

beforeAll(async () => {
  schemas = await findSchemas();
  if ("files" in schemas) faultsOf = objectValidator(schemas.files);
  const settings = steps.map(({ config }) => ({ supply, config }));
  const objects = await renderSteps(settings, await labSearchPath(process.env["PATH"] ?? ""));
  for (const [index, { scenario, step }] of steps.entries()) {
    rendered.set(`${scenario} ${step}`, objects[index] ?? []);
  }
}, 600_000);

describe.each(steps)("$scenario, step $step, by the real provider", ({ scenario, step }) => {
  const objects = (): readonly KubernetesObject[] => rendered.get(`${scenario} ${step}`) ?? [];

  test("makes the namespace of its Secrets", () => {
    expect(namesOf(objects())).toContain("v1 Namespace istio-system");
  });

  test("holds only objects that an API server takes, strictly read", (context) => {
    if ("missing" in schemas) context.skip(schemas.missing);
    const faults = objects().flatMap((object) =>
      faultsOf(object).map((fault) => `${whereFrom(object)}: ${nameOf(object)}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });
});

test("the steps of statefulset-ingress hold, each, what they teach", () => {
  const at = (step: string): readonly string[] =>
    namesOf(rendered.get(`statefulset-ingress ${step}`) ?? []).filter(
      (name) => !name.includes("EnvoyFilter"),
    );
  const added = (step: string, before: string): readonly string[] =>
    at(step).filter((name) => !at(before).includes(name));
  expect(at("tls-assets")).toEqual([
    "v1 Namespace default",
    "v1 Namespace istio-system",
    "v1 Secret istio-system/httpbin-0-credential",
    "v1 Secret istio-system/httpbin-1-credential",
  ]);
  expect(added("app", "tls-assets")).toEqual([
    "apps/v1 Deployment default/sleep",
    "apps/v1 StatefulSet default/httpbin",
    "v1 Service default/httpbin",
    "v1 ServiceAccount default/httpbin",
    "v1 ServiceAccount default/sleep",
  ]);
  expect(added("ingress", "app")).toEqual([
    "networking.istio.io/v1 Gateway default/httpbin",
    "networking.istio.io/v1 ServiceEntry default/httpbin-0",
    "networking.istio.io/v1 ServiceEntry default/httpbin-1",
    "networking.istio.io/v1 VirtualService default/httpbin-0",
    "networking.istio.io/v1 VirtualService default/httpbin-1",
  ]);
  expect(added("observe", "ingress")).toContain("apps/v1 Deployment istio-system/prometheus");
});

test("the namespace patch is a whole object that kubectl can apply", () => {
  const ingress = rendered.get("statefulset-ingress ingress") ?? [];
  expect(ingress.filter((object) => nameOf(object) === "v1 Namespace default")).toEqual([
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "default", labels: { "istio-injection": "enabled" } },
    },
  ]);
});

describe("what an API server would refuse, the same validator refuses", () => {
  beforeEach((context) => {
    if ("missing" in schemas) context.skip(schemas.missing);
  });

  const virtualService = "networking.istio.io/v1 VirtualService default/httpbin-0";
  const statefulSet = "apps/v1 StatefulSet default/httpbin";
  const misspeltPort = { route: [{ destination: { host: "a", port: { nummer: 80 } } }] };

  test.each([
    [virtualService, { hosst: [] }, "/spec must NOT have additional properties hosst"],
    [virtualService, { hosts: "a.example.com" }, "/spec/hosts must be array"],
    [
      virtualService,
      { http: [misspeltPort] },
      "/spec/http/0/route/0/destination/port must NOT have additional properties nummer",
    ],
    [statefulSet, { replica: 2 }, "/spec must NOT have additional properties replica"],
    [statefulSet, { replicas: "2" }, "/spec/replicas must be integer"],
    [statefulSet, { template: undefined }, "/spec must have required property 'template'"],
  ])("%s with %j", (name, change, fault) => {
    expect(faultsOf(broken(name, change))).toEqual([fault]);
  });

  test("a kind that there is not", () => {
    const object = { ...broken(statefulSet, {}), kind: "StatefulSett" };
    expect(faultsOf(object)).toEqual(["there is no apps/v1 StatefulSett"]);
  });

  /** A rendered object whose spec is changed; `undefined` takes a field away. */
  function broken(name: string, change: object): KubernetesObject {
    const object = [...rendered.values()].flat().find((candidate) => nameOf(candidate) === name);
    const spec = { ...(object?.["spec"] as object), ...change };
    return JSON.parse(JSON.stringify({ ...object, spec })) as KubernetesObject;
  }
});

/** The manifests with an object of that name; a step has it from one of them, or from code. */
function whereFrom(object: KubernetesObject): string {
  return manifestsWith(object).join(" or ") || "built by code";
}

function namesOf(objects: readonly KubernetesObject[]): readonly string[] {
  return objects.map(nameOf).sort();
}

function nameOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const name = metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name;
  return `${apiVersion} ${kind} ${name}`;
}
