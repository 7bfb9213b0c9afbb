import { describe, expect, it } from "vitest";
import { envoyFilter, typed } from "../../../hack/registry-only/metrics/envoy-filter.ts";

describe("an EnvoyFilter", () => {
  it("is for every proxy of the mesh, with a priority of its own", () => {
    expect(envoyFilter("a", [{ applyTo: "NETWORK_FILTER" }])).toEqual({
      apiVersion: "networking.istio.io/v1alpha3",
      kind: "EnvoyFilter",
      metadata: { name: "a", namespace: "istio-system" },
      spec: { priority: 10, configPatches: [{ applyTo: "NETWORK_FILTER" }] },
    });
  });

  it("has configurations that name their type", () => {
    expect(typed("envoy.a.v3.B", { c: 1 })).toEqual({
      "@type": "type.googleapis.com/envoy.a.v3.B",
      c: 1,
    });
  });
});
