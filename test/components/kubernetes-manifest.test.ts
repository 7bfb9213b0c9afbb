import { beforeEach, describe, expect, it } from "vitest";
import {
  applyObjects,
  parseObjects,
  readManifest,
  type KubernetesObject,
} from "../../components/kubernetes-manifest.ts";
import { officialSupply } from "../../components/supply.ts";
import { fakeCluster } from "../support/lab.ts";
import { drain, find, record, whole, type Registration } from "../support/mocks.ts";

const images = {
  ...officialSupply.images,
  httpbin: "local/httpbin:1",
  client: "local/client:2",
  prometheus: "local/prometheus:3",
  kiali: "local/kiali:4",
};

describe("parseObjects", () => {
  it.each([
    ["no document", "", []],
    ["a comment alone", "# nothing\n", []],
    ["one document", "kind: A\n", ["A"]],
    ["several", "kind: A\n---\nkind: B\n", ["A", "B"]],
    [
      "empty ones between and around",
      "---\n---\nkind: A\n---\n# x\n---\nkind: B\n---\n",
      ["A", "B"],
    ],
  ])("reads %s", (_, text, kinds) => {
    expect(parseObjects(text).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe("readManifest", () => {
  it("gives the text's objects as they are with the official images", () => {
    const [account, deployment] = readManifest("sleep.yaml", officialSupply);
    expect(account).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "sleep", namespace: "default" },
    });
    expect(deployment).toMatchObject({
      spec: { template: { spec: { containers: [{ image: officialSupply.images.client }] } } },
    });
  });

  it.each([
    ["sleep.yaml", "local/client:2"],
    ["addons/prometheus.yaml", "local/prometheus:3"],
    ["addons/kiali.yaml", "local/kiali:4"],
  ])("puts this supply's image into %s, and changes nothing else", (file, image) => {
    const official = JSON.stringify(readManifest(file, officialSupply));
    const ours = JSON.stringify(readManifest(file, { images }));
    const role = (Object.keys(images) as (keyof typeof images)[]).find(
      (key) => images[key] === image,
    );
    expect(ours).toContain(`"image":"${image}"`);
    expect(role && official.replaceAll(officialSupply.images[role], image)).toBe(ours);
  });

  it("fails for a file that is not there", () => {
    expect(() => readManifest("nope.yaml", officialSupply)).toThrow(/ENOENT.*nope\.yaml/);
  });
});

describe("applyObjects", () => {
  let registered: Registration[];

  beforeEach(async () => {
    registered = await record();
  });

  it("makes a resource of each object, with the type the provider has for it", async () => {
    const objects: KubernetesObject[] = [
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { k: "v" } },
      { apiVersion: "networking.istio.io/v1", kind: "Sidecar", metadata: { name: "b" } },
      { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "c", namespace: "a" } },
    ];
    const made = applyObjects(objects, {});
    await drain();
    expect(made).toHaveLength(3);
    expect(whole(registered)).toEqual([
      { type: "kubernetes:core/v1:ConfigMap", name: "a", inputs: objects[0] },
      { type: "kubernetes:apps/v1:Deployment", name: "a/c", inputs: objects[2] },
      { type: "kubernetes:networking.istio.io/v1:Sidecar", name: "b", inputs: objects[1] },
    ]);
  });

  it.each([
    ["Service", "v1", "core/v1"],
    ["Ingress", "networking.k8s.io/v1", "networking.k8s.io/v1"],
  ])("does not wait for a %s, and keeps its other annotations", async (kind, apiVersion, group) => {
    const metadata = { name: "a", annotations: { mine: "1" } };
    applyObjects([{ apiVersion, kind, metadata }], {});
    await drain();
    expect(whole(registered)).toEqual([
      {
        type: `kubernetes:${group}:${kind}`,
        name: "a",
        inputs: {
          apiVersion,
          kind,
          metadata: { name: "a", annotations: { mine: "1", "pulumi.com/skipAwait": "true" } },
        },
      },
    ]);
    expect(metadata.annotations).toEqual({ mine: "1" });
  });

  it("hands its options on", async () => {
    const { provider, deletedWith } = fakeCluster();
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
    applyObjects([object], {
      provider,
      dependsOn: provider,
      ...(deletedWith ? { deletedWith } : {}),
    });
    await drain();
    expect(find(registered, "a")).toMatchObject({
      provider: "kubernetes",
      deletedWith: "node",
      waitsFor: ["kubernetes"],
    });
  });
});
