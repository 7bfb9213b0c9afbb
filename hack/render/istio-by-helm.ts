import { stringify } from "yaml";
import type { LabConfig } from "../../components/config.ts";
import { gatewayServicePorts, nodePortsOf } from "../../components/mesh/gateway-service-ports.ts";
import { chartValues, mergeValues, type HelmValues } from "../../components/mesh/helm-values.ts";
import type { ChartSource, Supply } from "../../components/supply.ts";
import type { RenderedFile } from "./object-file.ts";

/** One of Istio's Helm releases as the lab makes it. */
export interface IstioRelease {
  readonly release: string;
  readonly chart: "base" | "istiod" | "gateway";
  readonly values: HelmValues;
}

/** Istio's releases, in the order they are installed, with the values that IstioMesh and IngressGateway give them. */
export function istioReleases(
  istio: Supply["istio"],
  config: Pick<
    LabConfig,
    "gatewayServiceType" | "statusNodePort" | "httpNodePort" | "httpsNodePort"
  >,
): readonly IstioRelease[] {
  const service = {
    type: config.gatewayServiceType,
    ports: gatewayServicePorts(nodePortsOf(config)),
  };
  const { hub, tag, values } = istio;
  return [
    { release: "istio-base", chart: "base", values: mergeValues(values.base) },
    {
      release: "istiod",
      chart: "istiod",
      values: mergeValues(chartValues("istiod.yaml"), { global: { hub, tag } }, values.istiod),
    },
    {
      release: "istio-ingressgateway",
      chart: "gateway",
      values: mergeValues(chartValues("ingress-gateway.yaml"), { service }, values.gateway),
    },
  ];
}

/** A values file for each release, and the README that says how to use them. */
export function helmFiles(
  releases: readonly IstioRelease[],
  { istio, gatewayApi }: Pick<Supply, "istio" | "gatewayApi">,
  about: string,
): readonly RenderedFile[] {
  const values = releases.map(({ release, values }) => ({
    name: valuesFile(release),
    text: stringify(values),
    secret: false,
  }));
  return [
    ...values,
    { name: "README.md", text: readme(releases, istio.charts, gatewayApi, about), secret: false },
  ];
}

// In a folder of their own: `kubectl apply -f DIR` looks at DIR alone, and values are no objects.
function valuesFile(release: string): string {
  return `helm/${release}.yaml`;
}

function readme(
  releases: readonly IstioRelease[],
  charts: Supply["istio"]["charts"],
  gatewayApi: string,
  about: string,
): string {
  const installs = releases.map(({ release, chart }) =>
    [
      `helm install ${release} ${chartArguments(chart, charts[chart])}`,
      "--namespace istio-system --create-namespace",
      `--values ${valuesFile(release)} --wait`,
    ].join(" \\\n  "),
  );
  const balanced = releases.some(({ values }) => isLoadBalancer(values["service"]));
  return `# ${about}

Everything this step applies, one object a file. Istio itself is installed with Helm and is not among them, nor is the
Gateway API, which comes first; with the lab's values, from this folder:

\`\`\`sh
kubectl apply --server-side -f ${gatewayApi}
${installs.join("\n")}
\`\`\`
${balanced ? loadBalancerNote : ""}
Then:

\`\`\`sh
kubectl apply -f .
\`\`\`

Where \`default\` gets a label, kubectl warns that this namespace was not made by \`kubectl apply\`: so it is, and it does
no harm.

Files of kind Secret hold private keys: do not commit or share them.
`;
}

const loadBalancerNote = `
The gateway is a Service of type LoadBalancer, which this step is about: Helm waits until the cluster has given it an
address.
`;

function isLoadBalancer(service: unknown): boolean {
  return (service as { readonly type?: unknown } | undefined)?.type === "LoadBalancer";
}

function chartArguments(chart: string, source: ChartSource): string {
  if ("folder" in source) return source.folder;
  return `${chart} --repo ${source.repository} --version ${source.version}`;
}
