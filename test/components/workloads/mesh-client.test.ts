import { expect, it } from "vitest";
import { officialSupply } from "../../../components/supply.ts";
import { MeshClient } from "../../../components/workloads/mesh-client.ts";
import { drain, record, whole } from "../../support/mocks.ts";

it("MeshClient is manifests/sleep.yaml with this supply's curl image", async () => {
  const registered = await record();
  const supply = { images: { ...officialSupply.images, client: "mirror/client:1" } };
  new MeshClient("sleep", { supply });
  await drain();
  const metadata = { name: "sleep", namespace: "default" };
  expect(whole(registered)).toEqual([
    { type: "istio-lab:workloads:MeshClient", name: "sleep", inputs: {} },
    {
      type: "kubernetes:apps/v1:Deployment",
      name: "sleep-deployment-sleep",
      inputs: {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { ...metadata, labels: { app: "sleep" } },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: "sleep" } },
          template: {
            metadata: { labels: { app: "sleep" } },
            spec: {
              serviceAccountName: "sleep",
              terminationGracePeriodSeconds: 0,
              containers: [
                {
                  name: "sleep",
                  image: "mirror/client:1",
                  imagePullPolicy: "IfNotPresent",
                  command: ["sleep", "infinity"],
                },
              ],
            },
          },
        },
      },
    },
    {
      type: "kubernetes:core/v1:ServiceAccount",
      name: "sleep-serviceaccount-sleep",
      inputs: { apiVersion: "v1", kind: "ServiceAccount", metadata },
    },
  ]);
  expect(registered.slice(1).map(({ parent }) => parent)).toEqual(["sleep", "sleep"]);
});
