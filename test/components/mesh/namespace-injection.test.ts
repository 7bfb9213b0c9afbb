import { expect, it } from "vitest";
import { InjectedNamespace } from "../../../components/mesh/injected-namespace.ts";
import { drain, find, record, valueOf, whole } from "../../support/mocks.ts";

it("InjectedNamespace patches one label on a namespace that is there already", async () => {
  const registered = await record();
  const { namespace } = new InjectedNamespace("injected", { namespace: "default" });
  await drain();
  expect(whole(registered)).toEqual([
    { type: "istio-lab:mesh:InjectedNamespace", name: "injected", inputs: {} },
    {
      // A patch, not a Namespace: destroy takes the label away and leaves the namespace.
      type: "kubernetes:core/v1:NamespacePatch",
      name: "injected-label",
      inputs: {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "default", labels: { "istio-injection": "enabled" } },
      },
    },
  ]);
  expect(find(registered, "injected-label").parent).toBe("injected");
  expect(await valueOf(namespace)).toBe("default");
});
