import { describe, expect, it } from "vitest";
import { rollWith } from "../../../components/stage/roll-pods.ts";

const workload = {
  apiVersion: "apps/v1",
  spec: {
    replicas: 2,
    template: {
      metadata: { labels: { app: "a" }, annotations: { mine: "1" } },
      spec: { containers: [] },
    },
  },
};

describe("rollWith", () => {
  it.each([
    [true, "true"],
    [false, "false"],
  ])("sidecars %s is an annotation of the pods, beside their own", (sidecars, text) => {
    expect(rollWith(sidecars, "default/a", workload)).toEqual({
      apiVersion: "apps/v1",
      spec: {
        replicas: 2,
        template: {
          metadata: {
            labels: { app: "a" },
            annotations: { mine: "1", "istio-lab/sidecars": text },
          },
          spec: { containers: [] },
        },
      },
    });
  });

  it("takes a template without metadata", () => {
    expect(rollWith(true, "default/a", { spec: { template: { spec: {} } } })).toEqual({
      spec: { template: { metadata: { annotations: { "istio-lab/sidecars": "true" } }, spec: {} } },
    });
  });

  it("does not change what it is given", () => {
    const before = structuredClone(workload);
    rollWith(true, "default/a", workload);
    expect(workload).toEqual(before);
  });

  it.each([
    ["pods of another namespace", "external/a", workload],
    ["a name that only begins alike", "default-2/a", workload],
    ["an object without pods", "default/a", { spec: { ports: [] } }],
    ["an object without a spec", "default/a", { data: {} }],
  ])("leaves %s as they are", (_, name, object) => {
    expect(rollWith(true, name, object)).toBe(object);
  });
});
