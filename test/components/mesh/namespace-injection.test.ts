import { expect, it } from "vitest";
import { NamespaceInjection } from "../../../components/mesh/namespace-injection.ts";
import { drain, record, whole } from "../../support/mocks.ts";

it.each<[boolean, Record<string, string>]>([
  [true, { "istio-lab/stack": "dev", "istio-injection": "enabled" }],
  // Without that label, and still a patch: what it held of the namespace is given up.
  [false, { "istio-lab/stack": "dev" }],
])("NamespaceInjection enabled %s: one patch with labels %j", async (enabled, labels) => {
  const registered = await record();
  new NamespaceInjection("default", { namespace: "shop", enabled });
  await drain();
  expect(whole(registered)).toEqual([
    { type: "istio-lab:mesh:NamespaceInjection", name: "default", inputs: {} },
    {
      // A patch, not a Namespace: destroy takes the label away and leaves the namespace.
      type: "kubernetes:core/v1:NamespacePatch",
      name: "default",
      inputs: { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels } },
    },
  ]);
  expect(registered.map(({ parent }) => parent)).toEqual(["", "default"]);
});
