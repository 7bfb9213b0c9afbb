import { describe, expect, it } from "vitest";
import { backgroundDeletion } from "../../components/background-deletion.ts";

function transformed(type: string, props: object): unknown {
  const resource = undefined as never;
  return backgroundDeletion({ resource, type, name: "one", props, opts: {} })?.props;
}

describe("backgroundDeletion", () => {
  it("annotates an object and keeps what it had", () => {
    const props = { metadata: { name: "a", annotations: { kept: "yes" } }, spec: { replicas: 1 } };
    expect(transformed("kubernetes:apps/v1:Deployment", props)).toEqual({
      metadata: {
        name: "a",
        annotations: { kept: "yes", "pulumi.com/deletionPropagationPolicy": "background" },
      },
      spec: { replicas: 1 },
    });
  });

  it.each([
    "kubernetes:helm.sh/v3:Release",
    "kubernetes:core/v1:NamespacePatch",
    "command:local:Command",
    "istio-lab:mesh:IstioMesh",
  ])("leaves %s alone", (type) => {
    expect(transformed(type, { metadata: {} })).toBeUndefined();
  });
});
