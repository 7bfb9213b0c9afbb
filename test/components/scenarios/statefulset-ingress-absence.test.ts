import { describe, expect, it } from "vitest";
import type { ObjectCheck } from "../../../components/scenarios/checks/cluster.ts";
import { proof } from "../../../components/scenarios/statefulset-ingress-proof.ts";
import { buildStep } from "../../support/build-step.ts";
import { labOutputs } from "../../support/lab.ts";
import type { Registration } from "../../support/mocks.ts";

const build = (
  step: string,
  raw: Readonly<Record<string, string>> = {},
): Promise<readonly Registration[]> => buildStep("statefulset-ingress", step, raw);

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

const objectOf = ({ inputs }: Registration): KubernetesObject =>
  inputs as unknown as KubernetesObject;

/** What `kubectl get` would find of these objects for the check, as `<kind> <name>`. */
function found(registered: readonly Registration[], check: ObjectCheck): string[] {
  const kinds = check.resource
    .split(",")
    .map((resource) => resource.replace(/\..*/, "").replace(/ies$/, "y").replace(/s$/, ""));
  const [, values = ""] = /^app in \((.+)\)$/.exec(check.selector ?? "") ?? [];
  return registered
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .map(objectOf)
    .filter(({ kind, metadata }) => {
      const app = metadata.labels?.["app"] ?? "";
      return (
        kinds.includes(kind.toLowerCase()) &&
        metadata.namespace === check.namespace &&
        (check.selector === undefined || values.split(",").includes(app))
      );
    })
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .sort();
}

function checkOf(step: string, row: string, addons: readonly string[] = []): ObjectCheck {
  const check = proof(labOutputs(step, 2, { addons }), step).find(
    ({ name }) => name === row,
  )?.check;
  if (check?.kind !== "object") throw new Error(`step ${step} has no row "${row}" of objects`);
  return check;
}

describe("a row about what is gone", () => {
  it.each([
    [
      "tls-assets",
      "no StatefulSet httpbin, no client",
      ["Deployment sleep", "Service httpbin", "StatefulSet httpbin"],
    ],
    [
      "app",
      "no Gateway, no VirtualService, no ServiceEntry",
      [
        "Gateway httpbin",
        "ServiceEntry httpbin-0",
        "ServiceEntry httpbin-1",
        "VirtualService httpbin-0",
        "VirtualService httpbin-1",
      ],
    ],
    ["ingress", "no prometheus, no kiali", ["Deployment kiali", "Deployment prometheus"]],
  ])("step %s: %s, would see what later steps make", async (step, row, seen) => {
    const check = checkOf(step, row);
    expect(check.absent).toBe(true);
    expect(found(await build("observe"), check)).toEqual(seen);
    expect(found(await build(step), check)).toEqual([]);
  });
});

describe("add-ons that config asks for", () => {
  it.each([
    [["prometheus"], "no kiali", ["Deployment kiali"]],
    [["kiali"], "no prometheus", ["Deployment prometheus"]],
  ])("%j: the row says %s", async (addons, row, seen) => {
    for (const step of ["tls-assets", "app", "ingress"]) {
      const check = checkOf(step, row, addons);
      expect(found(await build("observe"), check)).toEqual(seen);
      expect(found(await build(step, { addons: addons.join(",") }), check)).toEqual([]);
    }
  });

  it.each(["tls-assets", "app", "ingress", "observe"])("both, step %s: none is missed", (step) => {
    const addons = ["prometheus", "kiali"];
    const names = proof(labOutputs(step, 2, { addons }), step).map(({ name }) => name);
    expect(names.filter((name) => /no (prometheus|kiali)/.test(name))).toEqual([]);
  });
});
