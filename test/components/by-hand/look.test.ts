import { describe, expect, it } from "vitest";
import { look } from "../../../components/by-hand/look.ts";
import type { ApiClient } from "../../../components/cluster/api-client.ts";

/** An API that has these objects at these paths, and knows no other kind. */
function api(objects: Readonly<Record<string, readonly object[]>>, other = 404): ApiClient {
  return {
    ask: ({ path, accept }) => {
      expect(accept).toBe("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
      const items = objects[path]?.map((metadata) => ({ metadata }));
      return Promise.resolve(
        items ? { status: 200, body: { items } } : { status: other, body: {} },
      );
    },
    close: () => undefined,
  };
}

const service = { name: "httpbin", namespace: "default", uid: "1" };

describe("look", () => {
  it("has the objects of the stage, those beside it, Helm's, namespaces and pods", async () => {
    const found = await look(
      api({
        "/api/v1/services?labelSelector=istio-lab%2Fstage": [service],
        "/apis/networking.istio.io/v1/serviceentries?labelSelector=istio-lab%2Fstage": [service],
        "/api/v1/namespaces?labelSelector=istio-lab%2Fstack": [{ name: "external" }],
        "/apis/apps/v1/deployments?labelSelector=app.kubernetes.io%2Fmanaged-by%3DHelm": [
          { name: "istiod", namespace: "istio-system" },
        ],
        "/api/v1/secrets?labelSelector=owner%3Dhelm": [{ name: "v1", namespace: "istio-system" }],
        "/api/v1/namespaces": [{ name: "external" }, { name: "default" }],
        "/api/v1/namespaces/default/pods": [{ name: "sleep-1", namespace: "default" }],
      }),
      ["default"],
    );
    expect([...found.objects.keys()].sort()).toEqual([
      "Namespace external",
      "Service default/httpbin",
      "ServiceEntry.networking.istio.io default/httpbin",
    ]);
    expect([...found.released.keys()].sort()).toEqual([
      "Deployment.apps istio-system/istiod",
      "Secret istio-system/v1",
    ]);
    expect([...found.namespaces.keys()]).toEqual(["external", "default"]);
    expect(found.pods).toHaveLength(1);
  });

  it("takes the server's null for no objects", async () => {
    const none = { status: 200, body: { items: null } };
    const found = await look({ ask: () => Promise.resolve(none), close: () => undefined }, []);
    expect([...found.objects, ...found.released, ...found.namespaces]).toEqual([]);
  });

  it("asks again where the server has just learnt a kind anew", async () => {
    let answers = 0;
    const ask = (): Promise<{ status: number; body: object }> =>
      Promise.resolve({ status: answers++ === 0 ? 429 : 200, body: { items: null } });
    const found = await look({ ask, close: () => undefined }, []);
    expect([...found.objects, ...found.released, ...found.namespaces]).toEqual([]);
  });

  it("does not count what is on its way out", async () => {
    const going = { ...service, deletionTimestamp: "2026-11-29T09:00:00Z" };
    const path = "/api/v1/services?labelSelector=istio-lab%2Fstage";
    expect([...(await look(api({ [path]: [going] }), [])).objects]).toEqual([]);
  });

  it("fails where the cluster does not answer well: nothing is known then", async () => {
    await expect(look(api({}, 503), [])).rejects.toThrow(/: 503$/);
  });
});
