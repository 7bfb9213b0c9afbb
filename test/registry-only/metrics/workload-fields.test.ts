import { describe, expect, it } from "vitest";
import { cel, own, workloadFields } from "../../../hack/registry-only/metrics/workload-fields.ts";

describe("what a proxy knows of its workload", () => {
  it("begins in the order of istiod's endpoint metadata", () => {
    expect(workloadFields.map(({ label }) => label)).toEqual([
      ...["workload", "workload_namespace", "canonical_service", "canonical_revision", "cluster"],
      ...["app", "version"],
    ]);
  });

  it("is read from Envoy's node", () => {
    expect(workloadFields.slice(1, 3).map(own)).toEqual([
      "%CEL(xds.node.metadata.NAMESPACE)%",
      "%CEL(xds.node.metadata.LABELS['service.istio.io/canonical-name'])%",
    ]);
  });

  it("is a substitution", () => {
    expect(cel("request.host")).toBe("%CEL(request.host)%");
  });
});
