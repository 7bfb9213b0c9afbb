import { describe, expect, it } from "vitest";
import { handedOver, labelsLetGo, writeManagers } from "../../../components/by-hand/hand-over.ts";
import type { ManagedFields } from "../../../components/by-hand/managed-fields.ts";
import type { ApiRequest } from "../../../components/cluster/api-client.ts";

const pulumis: ManagedFields = {
  manager: "pulumi-kubernetes-1a2b",
  operation: "Apply",
  time: "2",
  fieldsV1: { "f:spec": { "f:replicas": {}, "f:template": { "f:image": {} } } },
};
const status: ManagedFields = {
  ...{ manager: "kube-controller-manager", operation: "Update", subresource: "status" },
  fieldsV1: { "f:status": {} },
};
const scaled: ManagedFields = {
  ...{ manager: "kubectl", operation: "Update", subresource: "scale" },
  fieldsV1: { "f:spec": { "f:replicas": {} } },
};
const edited: ManagedFields = {
  ...{ manager: "kubectl-edit", operation: "Update" },
  fieldsV1: { "f:spec": { "f:template": { "f:env": { ".": {} } } }, "f:metadata": { "f:x": {} } },
};

describe("handedOver", () => {
  it("gives Pulumi what people set, and leaves controllers theirs", () => {
    expect(handedOver([scaled, pulumis, status, edited])).toEqual([
      {
        ...pulumis,
        fieldsV1: {
          "f:spec": { "f:replicas": {}, "f:template": { "f:image": {}, "f:env": { ".": {} } } },
          "f:metadata": { "f:x": {} },
        },
      },
      status,
    ]);
  });

  it("gives it to the newest of Pulumi's: an earlier one's resource is gone", () => {
    const older = { ...pulumis, manager: "pulumi-kubernetes-0", time: "1" };
    expect(handedOver([pulumis, older])?.map(({ manager }) => manager)).toEqual([pulumis.manager]);
  });

  it.each([
    ["nobody else set anything", [pulumis, status]],
    ["Pulumi has none: the object is another one", [edited, status]],
  ])("is nothing where %s", (_, managedFields) => {
    expect(handedOver(managedFields)).toBeUndefined();
  });
});

describe("labelsLetGo", () => {
  it("takes these labels from all but Pulumi, and nothing else", () => {
    const labels = (...names: string[]): ManagedFields["fieldsV1"] => ({
      "f:metadata": { "f:labels": Object.fromEntries(names.map((name) => [`f:${name}`, {}])) },
    });
    const mine = { ...pulumis, fieldsV1: labels("istio-injection") } as ManagedFields;
    const theirs = { ...edited, fieldsV1: labels("istio-injection", "team") } as ManagedFields;
    expect(labelsLetGo([mine, theirs, status], ["istio-injection"])).toEqual([
      mine,
      { ...theirs, fieldsV1: labels("team") },
      status,
    ]);
  });
});

describe("writeManagers", () => {
  /** An API whose object was written by somebody else between the first looks and patches. */
  function api(conflicts: number): { asked: ApiRequest[]; ask: never; close: () => void } {
    const asked: ApiRequest[] = [];
    let version = 1;
    const ask = (request: ApiRequest): Promise<unknown> => {
      asked.push(request);
      const metadata = { resourceVersion: String(version++), managedFields: [pulumis, edited] };
      if (request.method === undefined) return Promise.resolve({ status: 200, body: { metadata } });
      return Promise.resolve({ status: conflicts-- > 0 ? 422 : 200, body: {} });
    };
    return { asked, ask: ask as never, close: () => undefined };
  }

  it("patches what it looked at, and looks again where somebody was faster", async () => {
    const { asked, ...client } = api(1);
    await writeManagers(client, "/apis/x", handedOver);
    const patches = asked.filter(({ method }) => method === "PATCH");
    expect(patches.map(({ body }) => (body as object[])[0])).toEqual([
      { op: "test", path: "/metadata/resourceVersion", value: "1" },
      { op: "test", path: "/metadata/resourceVersion", value: "3" },
    ]);
    expect(patches.at(-1)).toMatchObject({
      contentType: "application/json-patch+json",
      body: [
        {},
        { op: "replace", path: "/metadata/managedFields", value: [{ manager: pulumis.manager }] },
      ],
    });
  });

  it("writes nothing where nothing is to be handed over", async () => {
    const { asked, ...client } = api(0);
    await writeManagers(client, "/apis/x", () => undefined);
    expect(asked).toHaveLength(1);
  });
});
