import { beforeEach, describe, expect, it } from "vitest";
import { chartValues, mergeValues } from "../../../components/mesh/helm-values.ts";
import { IstioMesh } from "../../../components/mesh/istio-mesh.ts";
import { officialSupply, type Supply } from "../../../components/supply.ts";
import { fakeCluster, unchangedReleases } from "../../support/lab.ts";
import { drain, find, listed, record, valueOf, type Registration } from "../../support/mocks.ts";

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

async function make(
  supply: Pick<Supply, "istio" | "gatewayApi" | "meshManifests">,
): Promise<IstioMesh> {
  const cluster = fakeCluster();
  const mesh = new IstioMesh(
    "istio",
    { cluster, supply, releases: unchangedReleases },
    { provider: cluster.provider },
  );
  await drain();
  registered = registered.filter(({ name }) => name.startsWith("istio"));
  return mesh;
}

const envoyFilter = {
  apiVersion: "networking.istio.io/v1alpha3",
  kind: "EnvoyFilter",
  metadata: { name: "metrics", namespace: "istio-system", labels: { "istio-lab/stack": "dev" } },
  spec: { priority: 1 },
};

describe("IstioMesh", () => {
  it("is a namespace, the Gateway API, two releases and a gate", async () => {
    await make(officialSupply);
    expect(listed(registered)).toEqual([
      "command:local:Command istio-gateway-api",
      "command:local:Command istio-objects",
      "command:local:Command istio-webhook",
      "istio-lab:mesh:IstioMesh istio",
      "kubernetes:core/v1:Namespace istio-namespace",
      "kubernetes:helm.sh/v3:Release istio-base",
      "kubernetes:helm.sh/v3:Release istio-istiod",
    ]);
  });

  it("installs the supply's charts with its images, and what a learner reads as values", async () => {
    await make(officialSupply);
    const { repository, version } = {
      repository: "https://blob.istio.io/istio-release/charts",
      version: "1.31.1",
    };
    const release = {
      version,
      repositoryOpts: { repo: repository },
      namespace: "istio-system",
      skipAwait: true,
      atomic: false,
      cleanupOnFail: true,
      timeout: 900,
      compat: "true",
    };
    expect(find(registered, "istio-namespace").inputs).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "istio-system", labels: { "istio-lab/stack": "dev" } },
    });
    expect(find(registered, "istio-base").inputs).toEqual({
      ...release,
      chart: "base",
      name: "istio-base",
      values: {},
    });
    expect(find(registered, "istio-istiod").inputs).toEqual({
      ...release,
      chart: "istiod",
      name: "istiod",
      values: mergeValues(chartValues("istiod.yaml"), {
        global: { hub: "docker.io/istio", tag: "1.31.1" },
      }),
    });
  });

  it("lets the supply's own values win, deeply", async () => {
    const values = { base: { b: 1 }, istiod: { meshConfig: { accessLogFile: "" }, i: 1 } };
    await make({ ...officialSupply, istio: { ...officialSupply.istio, values } });
    expect(find(registered, "istio-base").inputs["values"]).toEqual({ b: 1 });
    expect(find(registered, "istio-istiod").inputs["values"]).toMatchObject({
      i: 1,
      meshConfig: { accessLogFile: "", enableAutoMtls: true },
    });
  });

  it("opens the gate again for another istiod and another cluster only", async () => {
    await make(officialSupply);
    expect(find(registered, "istio-webhook").inputs).toEqual({
      create: "sh components/mesh/wait-for-istiod.sh",
      update: "true",
      environment: { KUBECONFIG: "/lab/.lab/dev/kubeconfig", CONTEXT: "kind-istio" },
      triggers: [1, "c0ffee", 0, 0],
      logging: "stderr",
    });
  });

  it("applies what this supply's proxies need, one resource an object, behind the gate", async () => {
    const other = { ...envoyFilter, metadata: { ...envoyFilter.metadata, name: "second" } };
    const meshManifests = [
      `${JSON.stringify(envoyFilter)}\n---\n${JSON.stringify(other)}\n`,
      "# nothing but a comment\n",
    ];
    await make({ ...officialSupply, meshManifests });
    const type = "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter";
    const first = find(registered, "istio-system/metrics", type);
    expect(first.inputs).toEqual(envoyFilter);
    expect(first.waitsFor).toEqual(["istio-webhook"]);
    expect(find(registered, "istio-system/second", type).inputs).toEqual(other);
    expect(registered).toHaveLength(9);
  });

  it("goes in order: namespace, base and Gateway API, istiod, gate", async () => {
    await make(officialSupply);
    const waits = Object.fromEntries(registered.map(({ name, waitsFor }) => [name, waitsFor]));
    expect(waits).toEqual({
      istio: [],
      "istio-namespace": [],
      "istio-gateway-api": [],
      "istio-base": ["istio-namespace"],
      "istio-istiod": ["istio-base", "istio-gateway-api", "istio-namespace"],
      "istio-objects": ["istio-base", "istio-istiod", "istio-namespace"],
      "istio-webhook": ["istio-istiod", "istio-objects"],
    });
  });

  it("owns its children, and those in the cluster are under the given provider", async () => {
    await make(officialSupply);
    for (const { name, type, parent, provider } of registered.slice(1)) {
      expect([name, parent]).toEqual([name, "istio"]);
      expect([name, provider]).toEqual([name, type.startsWith("kubernetes:") ? "kubernetes" : ""]);
    }
  });

  it("takes another namespace, and tells which it is", async () => {
    const cluster = fakeCluster();
    const args = {
      cluster,
      supply: officialSupply,
      releases: unchangedReleases,
      namespace: "mesh",
    };
    const mesh = new IstioMesh("istio", args, { provider: cluster.provider });
    await drain();
    expect(await valueOf(mesh.namespace)).toBe("mesh");
    expect(find(registered, "istio-istiod").inputs["namespace"]).toBe("mesh");
  });
});
