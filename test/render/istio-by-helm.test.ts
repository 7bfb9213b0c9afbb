import { expect, it } from "vitest";
import { IngressGateway } from "../../components/mesh/ingress-gateway.ts";
import { IstioMesh } from "../../components/mesh/istio-mesh.ts";
import { officialSupply, type Supply } from "../../components/supply.ts";
import { helmFiles, istioReleases } from "../../hack/render/istio-by-helm.ts";
import { fakeCluster, labConfig, unchangedReleases } from "../support/lab.ts";
import { drain, record } from "../support/mocks.ts";

const config = labConfig();
const supplies: Supply["istio"][] = [
  officialSupply.istio,
  {
    ...officialSupply.istio,
    hub: "registry.example.org/istio",
    values: {
      base: { defaultRevision: "x" },
      istiod: { global: { imagePullPolicy: "IfNotPresent" } },
      gateway: { imagePullPolicy: "IfNotPresent" },
    },
  },
];

it.each(supplies)("tells the very values that the program gives Helm, hub $hub", async (istio) => {
  const registered = await record();
  const cluster = fakeCluster();
  const mesh = new IstioMesh("istio", {
    cluster,
    supply: { ...officialSupply, istio },
    releases: unchangedReleases,
  });
  new IngressGateway("ingress-gateway", {
    istio,
    cluster,
    releases: unchangedReleases,
    namespace: mesh.namespace,
    serviceType: config.gatewayServiceType,
    nodePorts: {
      status: config.statusNodePort,
      http: config.httpNodePort,
      https: config.httpsNodePort,
    },
  });
  await drain();
  const releases = registered
    .filter(({ type }) => type === "kubernetes:helm.sh/v3:Release")
    .map(({ inputs }) => ({
      release: inputs["name"],
      chart: inputs["chart"],
      values: inputs["values"],
    }));
  expect(istioReleases(istio, config).toSorted(byRelease)).toEqual(releases.toSorted(byRelease));
});

it("says how to install them, one values file each, outside of what kubectl looks at", () => {
  const { istio } = officialSupply;
  const files = helmFiles(istioReleases(istio, config), officialSupply, "lesson, step one");
  expect(files.map(({ name }) => name)).toEqual([
    "helm/istio-base.yaml",
    "helm/istiod.yaml",
    "helm/istio-ingressgateway.yaml",
    "README.md",
  ]);
  const readme = files.at(-1)?.text;
  expect(readme).toMatch(/^# lesson, step one\n/);
  expect(readme).toContain(
    "helm install istiod istiod --repo https://blob.istio.io/istio-release/charts --version 1.31.1 \\\n" +
      "  --namespace istio-system --create-namespace \\\n" +
      "  --values helm/istiod.yaml --wait\n",
  );
});

it.each(["LoadBalancer", "NodePort"] as const)(
  "says what a gateway of type %s waits for",
  (type) => {
    const { istio } = officialSupply;
    const releases = istioReleases(istio, { ...config, gatewayServiceType: type });
    const readme = helmFiles(releases, officialSupply, "x").at(-1)?.text ?? "";
    const note = "Helm waits until the cluster has given it an\naddress.";
    expect(readme.includes(note)).toBe(type === "LoadBalancer");
    expect(readme).toMatch(/\n```\n(\nThe gateway [^`]*)?\nThen:\n\n```sh\nkubectl apply/);
  },
);

it("takes a chart from a folder where the supply has one", () => {
  const { istio } = officialSupply;
  const charts = { ...istio.charts, gateway: { folder: "/charts/gateway" } };
  const other = { istio: { ...istio, charts }, gatewayApi: "/cache/standard" };
  const readme = helmFiles(istioReleases(istio, config), other, "x").at(-1)?.text;
  expect(readme).toContain("helm install istio-ingressgateway /charts/gateway \\\n");
  expect(readme).toContain(
    "```sh\nkubectl apply --server-side -f /cache/standard\nhelm install istio-base ",
  );
});

function byRelease(one: { release: unknown }, other: { release: unknown }): number {
  return String(one.release) < String(other.release) ? -1 : 1;
}
