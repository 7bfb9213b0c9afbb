import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import {
  IngressGateway,
  type IngressGatewayArgs,
} from "../../../components/mesh/ingress-gateway.ts";
import { officialSupply } from "../../../components/supply.ts";
import { unchangedReleases } from "../../support/lab.ts";
import { drain, find, record, whole, type Registration } from "../../support/mocks.ts";

const args: IngressGatewayArgs = {
  cluster: {
    kubeconfigPath: "/lab/kubeconfig",
    kubeContext: "kind-istio",
    ready: pulumi.output("c0ffee"),
  },
  releases: unchangedReleases,
  istio: officialSupply.istio,
  namespace: "istio-system",
  nodePorts: { status: 31521, http: 31380, https: 31390 },
};
const ports = [
  { name: "status-port", port: 15021, targetPort: 15021, nodePort: 31521, protocol: "TCP" },
  { name: "http2", port: 80, targetPort: 8080, nodePort: 31380, protocol: "TCP" },
  { name: "https", port: 443, targetPort: 8443, nodePort: 31390, protocol: "TCP" },
];

let registered: Registration[];

beforeEach(async () => {
  registered = await record();
});

describe("IngressGateway", () => {
  it("is the release istio-ingressgateway, waited for", async () => {
    const { selector } = new IngressGateway("ingress-gateway", args);
    await drain();
    expect(whole(registered)).toEqual([
      { type: "istio-lab:mesh:IngressGateway", name: "ingress-gateway", inputs: {} },
      {
        type: "command:local:Command",
        name: "ingress-gateway-objects",
        inputs: {
          create: "node components/by-hand/mend-release.ts",
          update: "node components/by-hand/mend-release.ts",
          environment: {
            KUBECONFIG: "/lab/kubeconfig",
            CONTEXT: "kind-istio",
            RELEASES: "istio-ingressgateway",
            NAMESPACE: "istio-system",
            STACK_FOLDER: "/lab/.lab/dev",
            MENDED: "0",
          },
          triggers: ["c0ffee", 1],
          logging: "stderr",
        },
      },
      {
        type: "kubernetes:helm.sh/v3:Release",
        name: "ingress-gateway-release",
        inputs: {
          chart: "gateway",
          version: "1.31.1",
          repositoryOpts: { repo: "https://blob.istio.io/istio-release/charts" },
          name: "istio-ingressgateway",
          namespace: "istio-system",
          values: {
            autoscaling: { enabled: false },
            imagePullPolicy: "IfNotPresent",
            resources: { requests: { cpu: "10m", memory: "40Mi" } },
            podAnnotations: { "proxy.istio.io/config": "terminationDrainDuration: 1s\n" },
            service: { type: "NodePort", ports },
          },
          skipAwait: false,
          atomic: true,
          cleanupOnFail: true,
          timeout: 900,
          compat: "true",
        },
      },
    ]);
    expect(find(registered, "ingress-gateway-release").parent).toBe("ingress-gateway");
    expect(selector).toEqual({ istio: "ingressgateway" });
  });

  it("takes a load balancer, and values of this supply on top", async () => {
    const istio = {
      ...officialSupply.istio,
      values: {
        gateway: { imagePullPolicy: "Never", resources: { requests: { cpu: "1" } } },
      },
    };
    new IngressGateway("ingress-gateway", { ...args, istio, serviceType: "LoadBalancer" });
    await drain();
    expect(find(registered, "ingress-gateway-release").inputs["values"]).toMatchObject({
      imagePullPolicy: "Never",
      resources: { requests: { cpu: "1", memory: "40Mi" } },
      service: { type: "LoadBalancer", ports },
    });
  });
});
