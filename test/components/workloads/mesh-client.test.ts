import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { officialSupply } from "../../../components/supply.ts";
import { MeshClient } from "../../../components/workloads/mesh-client.ts";
import { drain, find, record, whole } from "../../support/mocks.ts";

it("MeshClient is manifests/sleep.yaml with this supply's curl image", async () => {
  const registered = await record();
  const supply = { images: { ...officialSupply.images, client: "mirror/client:1" } };
  new MeshClient("sleep", { supply });
  await drain();
  const metadata = { name: "sleep", namespace: "default" };
  expect(whole(registered)).toEqual([
    {
      type: "kubernetes:apps/v1:Deployment",
      name: "default/sleep",
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
      name: "default/sleep",
      inputs: { apiVersion: "v1", kind: "ServiceAccount", metadata },
    },
    { type: "istio-lab:workloads:MeshClient", name: "sleep", inputs: {} },
  ]);
  expect(registered.slice(1).map(({ parent }) => parent)).toEqual(["sleep", "sleep"]);
});

it("MeshClient trusts an authority of the lab where it is given one, and starts anew with another", async () => {
  const registered = await record();
  new MeshClient("sleep", { supply: officialSupply, trustedCaPem: "CERT" });
  await drain();
  const configMap = find(registered, "default/trusted-ca");
  expect(configMap.inputs).toMatchObject({
    metadata: { name: "trusted-ca", namespace: "default" },
    data: { "ca.crt": "CERT" },
  });
  const deployment = find(registered, "default/sleep", "kubernetes:apps/v1:Deployment");
  expect(deployment.waitsFor).toEqual(["default/trusted-ca"]);
  const hash = createHash("sha256").update("CERT").digest("hex").slice(0, 16);
  expect(deployment.inputs["spec"]).toMatchObject({
    template: {
      metadata: { annotations: { "istio-lab/trusted-ca": hash } },
      spec: {
        volumes: [{ name: "trusted-ca", configMap: { name: "trusted-ca" } }],
        containers: [
          {
            name: "sleep",
            command: ["sleep", "infinity"],
            env: [{ name: "CURL_CA_BUNDLE", value: "/etc/trusted-ca/ca.crt" }],
            volumeMounts: [{ name: "trusted-ca", mountPath: "/etc/trusted-ca", readOnly: true }],
          },
        ],
      },
    },
  });
});
