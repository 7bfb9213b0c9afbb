import { describe, expect, it } from "vitest";
import type { FieldTree, ManagedFields } from "../../../components/by-hand/managed-fields.ts";
import { labelsSignature, signatureOf } from "../../../components/by-hand/signature.ts";

const pulumis: ManagedFields = {
  manager: "pulumi-kubernetes-1a2b",
  operation: "Apply",
  time: "2026-11-29T09:00:00Z",
  fieldsV1: { "f:metadata": { "f:labels": { "f:app": {} } }, "f:spec": { "f:replicas": {} } },
};
const status: ManagedFields = {
  manager: "kube-controller-manager",
  operation: "Update",
  subresource: "status",
  time: "2026-11-29T09:00:05Z",
  fieldsV1: { "f:status": { "f:readyReplicas": {} } },
};
const by = (manager: string, fieldsV1: FieldTree = {}): ManagedFields => ({
  ...{ manager, operation: "Update", time: "2026-11-29T09:10:00Z" },
  fieldsV1,
});
const made = { uid: "1", managedFields: [pulumis, status] };
const signature = signatureOf(made);

describe("signatureOf", () => {
  it("is short, and holds no value", () => {
    expect(signature).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ["another status", { uid: "1", managedFields: [pulumis, { ...status, time: "later" }] }],
    ["another subresource's status", { uid: "1", managedFields: [pulumis] }],
    ["another order of who wrote", { uid: "1", managedFields: [status, pulumis] }],
    ["a number for each write", { uid: "1", resourceVersion: "9", managedFields: [pulumis] }],
    [
      "what a controller notes",
      {
        uid: "1",
        managedFields: [
          pulumis,
          by("kube-controller-manager", {
            "f:metadata": { "f:annotations": { "f:revision": {} } },
          }),
        ],
      },
    ],
    [
      "another order of fields",
      {
        uid: "1",
        managedFields: [
          {
            ...pulumis,
            fieldsV1: {
              "f:spec": { "f:replicas": {} },
              "f:metadata": { "f:labels": { "f:app": {} } },
            },
          },
        ],
      },
    ],
  ])("is the same with %s", (_, metadata) => {
    expect(signatureOf(metadata)).toBe(signature);
  });

  it.each<[string, readonly ManagedFields[]]>([
    ["kubectl edit", [pulumis, by("kubectl-edit", { "f:spec": { "f:replicas": {} } })]],
    ["kubectl scale", [pulumis, { ...by("kubectl"), subresource: "scale" }]],
    ["a label that was added", [pulumis, by("kubectl-label")]],
    ["a label that was taken off", [{ ...pulumis, fieldsV1: { "f:spec": { "f:replicas": {} } } }]],
    ["kubectl apply on the client's side", [pulumis, by("kubectl-client-side-apply")]],
    ["kubectl apply on the server's side", [pulumis, { ...by("kubectl"), operation: "Apply" }]],
    ["the same hand once more", [{ ...pulumis, time: "2026-11-29T10:00:00Z" }]],
  ])("differs after %s", (_, managedFields) => {
    expect(signatureOf({ uid: "1", managedFields })).not.toBe(signature);
  });

  it("differs for an object that was made anew", () => {
    expect(signatureOf({ ...made, uid: "2" })).not.toBe(signature);
  });

  it("is the same once istiod took what it writes into its webhooks", () => {
    const hook = (fields: object): ManagedFields["fieldsV1"] => ({
      "f:webhooks": { "f:clientConfig": { "f:service": {}, ...fields } },
    });
    const before = [by("pulumi-resource-kubernetes", hook({ "f:caBundle": {} }))];
    const after = [
      by("pulumi-resource-kubernetes", hook({})),
      by("pilot-discovery", hook({ "f:caBundle": {} })),
    ];
    expect(signatureOf({ uid: "1", managedFields: after })).toBe(
      signatureOf({ uid: "1", managedFields: before }),
    );
  });
});

describe("labelsSignature", () => {
  const of = (...managedFields: ManagedFields[]): string =>
    labelsSignature({ uid: "1", managedFields }, ["istio-injection"]);
  const labels = (...names: string[]): ManagedFields["fieldsV1"] => ({
    "f:metadata": { "f:labels": Object.fromEntries(names.map((name) => [`f:${name}`, {}])) },
  });
  const set = { ...pulumis, fieldsV1: labels("istio-injection") } as ManagedFields;

  it("is not about labels of others", () => {
    expect(of(set, by("kubectl-label", labels("team")))).toBe(of(set));
  });

  it("differs for a label that was taken off, and for one that somebody else set", () => {
    const others = of(set, by("kubectl-label", labels("istio-injection")));
    expect(new Set([of(set), of(pulumis), others]).size).toBe(3);
  });
});
