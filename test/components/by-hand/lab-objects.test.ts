import * as kubernetes from "@pulumi/kubernetes";
import { beforeEach, describe, expect, it } from "vitest";
import { LabObjects, type KnownObjects } from "../../../components/by-hand/lab-objects.ts";
import { nothingNoted } from "../../../components/by-hand/notes.ts";
import { labelsSignature, signatureOf } from "../../../components/by-hand/signature.ts";
import { drain, find, record, type Registration } from "../../support/mocks.ts";

const key = "ConfigMap default/one";
const pulumis = { manager: "pulumi-kubernetes-1", operation: "Apply" };
const left = { uid: "1", managedFields: [pulumis] };
const edited = { uid: "1", managedFields: [pulumis, { manager: "kubectl-edit" }] };
const empty = { objects: new Map(), namespaces: new Map(), released: new Map(), pods: [] };

let registered: Registration[];
beforeEach(async () => {
  registered = await record();
});

async function made(known: Partial<KnownObjects>): Promise<[LabObjects, Registration]> {
  registered.length = 0;
  const objects = new LabObjects({
    ...{ notes: nothingNoted, look: undefined, incarnations: {}, live: undefined },
    ...known,
  });
  const opts = { transformations: [objects.transformation] };
  new kubernetes.core.v1.ConfigMap(
    "one",
    { metadata: { name: "one", namespace: "default" } },
    opts,
  );
  new kubernetes.core.v1.Namespace("external", { metadata: { name: "external" } }, opts);
  new kubernetes.core.v1.NamespacePatch("patch", { metadata: { name: "default" } }, opts);
  await drain();
  return [objects, find(registered, "one")];
}
const annotationsOf = ({ inputs }: Registration): unknown =>
  (inputs["metadata"] as { annotations?: unknown }).annotations;
const noted = { ...nothingNoted, signatures: { [key]: signatureOf(left) } };

describe("LabObjects", () => {
  it("are applied by force, and deleted in the background; one that is only patched is not deleted", async () => {
    const [, one] = await made({});
    const force = { "pulumi.com/patchForce": "true" };
    expect(annotationsOf(one)).toEqual({
      ...force,
      "pulumi.com/deletionPropagationPolicy": "background",
    });
    expect(annotationsOf(find(registered, "patch"))).toEqual(force);
  });

  it.each([
    ["nothing was noted", nothingNoted, edited, {}],
    ["it is as noted", noted, left, {}],
    ["somebody changed it", noted, edited, { [key]: 1 }],
    ["somebody changed it once more", { ...noted, putBack: { [key]: 4 } }, edited, { [key]: 5 }],
    ["it was put back before", { ...noted, putBack: { [key]: 4 } }, left, { [key]: 4 }],
  ])("count how often an object was put back: %s", async (_, notes, metadata, expected) => {
    const look = { ...empty, objects: new Map([[key, metadata]]) };
    const [objects, one] = await made({ notes, look });
    expect(objects.putBack).toEqual(expected);
    const count = (expected as Record<string, number>)[key];
    const annotation = (annotationsOf(one) as Record<string, string>)["istio-lab/put-back"];
    expect(annotation).toBe(count === undefined ? undefined : String(count));
  });

  it("are made anew where they are gone, but for a namespace: that would take along what is in it", async () => {
    const known = { incarnations: { [key]: 1, "Namespace external": 1 }, live: new Set<string>() };
    const signatures = { ...noted.signatures, "Namespace external": "0" };
    const [objects, one] = await made({ ...known, notes: { ...noted, signatures }, look: empty });
    expect([one.replacementTrigger, one.deleteBeforeReplace]).toEqual([2, true]);
    expect(find(registered, "external").replacementTrigger).toBeUndefined();
    expect(objects.changed.map((object) => object.key)).toEqual(["Namespace external"]);
    expect(objects.gone).toEqual([key, "Namespace external"]);
  });

  it("see a label that was taken off a namespace that is not the lab's", async () => {
    const labels = { "f:metadata": { "f:labels": { "f:istio-injection": {} } } };
    const set = { managedFields: [{ ...pulumis, fieldsV1: labels }] };
    const signatures = { "NamespacePatch default": labelsSignature(set, ["istio-injection"]) };
    const putBack = async (metadata: object): Promise<unknown> => {
      const look = { ...empty, namespaces: new Map([["default", metadata]]) };
      return (await made({ notes: { ...nothingNoted, signatures }, look }))[0].putBack;
    };
    expect(await putBack({ managedFields: [pulumis] })).toEqual({ "NamespacePatch default": 1 });
    expect(await putBack(set)).toEqual({});
  });
});
