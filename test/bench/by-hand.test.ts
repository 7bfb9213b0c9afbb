import { describe, expect, it } from "vitest";
import type { KubernetesObject } from "../../components/kubernetes-manifest.ts";
import { handStages } from "../../hack/bench/hand-commands.ts";
import { appliedByHand, hostsOf } from "../../hack/bench/hand-files.ts";
import { istioOperator } from "../../hack/bench/istio-operator.ts";
import { byHandPlace } from "../../hack/bench/places.ts";
import { curlArguments } from "../../hack/bench/poll-hosts.ts";

describe("istioOperator", () => {
  const releases = [
    { release: "istio-base", chart: "base", values: {} },
    {
      release: "istiod",
      chart: "istiod",
      values: {
        meshConfig: { enableAutoMtls: true },
        global: { hub: "hub.example", proxy: {} },
        telemetry: { enabled: false },
        env: { PILOT_DISABLE_MX_ALPN: "true" },
        autoscaleEnabled: false,
      },
    },
    {
      release: "istio-ingressgateway",
      chart: "gateway",
      values: {
        autoscaling: { enabled: false },
        resources: { requests: { cpu: "10m" } },
        podAnnotations: { a: "b" },
        service: {
          type: "NodePort",
          ports: [
            { name: "status-port", port: 15021, targetPort: 15021, nodePort: 31521 },
            { name: "https", port: 443, targetPort: 8443, nodePort: 31390 },
          ],
        },
      },
    },
  ] as const;

  it("puts the charts' values where istioctl looks for them", () => {
    expect(istioOperator(releases, { hub: "hub.example", tag: "1.31.1" })).toEqual({
      apiVersion: "install.istio.io/v1alpha1",
      kind: "IstioOperator",
      spec: {
        profile: "default",
        hub: "hub.example",
        tag: "1.31.1",
        values: {
          meshConfig: { enableAutoMtls: true },
          global: { hub: "hub.example", proxy: {} },
          telemetry: { enabled: false },
          pilot: { env: { PILOT_DISABLE_MX_ALPN: "true" }, autoscaleEnabled: false },
          gateways: {
            "istio-ingressgateway": {
              autoscaleEnabled: false,
              type: "NodePort",
              ports: [
                { name: "status-port", port: 15021, targetPort: 15021, nodePort: 31521 },
                { name: "https", port: 443, targetPort: 8443, nodePort: 31390 },
              ],
              resources: { requests: { cpu: "10m" } },
              podAnnotations: { a: "b" },
            },
          },
        },
      },
    });
  });
});

describe("handStages", () => {
  const config = { replicas: 2, domain: "example.com", certificateDays: 365 };
  const stages = handStages(byHandPlace, config, {
    nodeImage: "kindest/node:v1",
    gatewayApi: "/cache/standard",
  });

  it("goes from the cluster to the objects, as Istio's pages do", () => {
    expect(stages.map(({ id, commands }) => [id, commands.length])).toEqual([
      ["byHandCluster", 1],
      ["byHandCertificates", 5],
      ["byHandIstio", 2],
      ["byHandObjects", 4],
    ]);
    expect(stages[0]?.commands[0]?.join(" ")).toBe(
      "kind create cluster --name bench-hand --image kindest/node:v1 --config kind.yaml",
    );
  });

  it("makes a Secret a host from openssl's files, where the gateway looks for it", () => {
    expect(stages[3]?.commands[1]?.join(" ")).toBe(
      "kubectl create -n istio-system secret tls httpbin-0-credential " +
        "--key=httpbin-0.example.com.key --cert=httpbin-0.example.com.crt",
    );
  });
});

it("applies what the lab applies, but for what is made by other commands", () => {
  const object = (kind: string): KubernetesObject => ({
    apiVersion: "v1",
    kind,
    metadata: { name: "a" },
  });
  const kinds = ["Namespace", "Secret", "Service", "Gateway"].map(object);
  expect(appliedByHand(kinds).map(({ kind }) => kind)).toEqual(["Service", "Gateway"]);
});

it("asks over verified HTTPS, with the host's name at this machine's port", () => {
  expect(hostsOf({ replicas: 2, domain: "example.com" })).toEqual([
    "httpbin-0.example.com",
    "httpbin-1.example.com",
  ]);
  expect(
    curlArguments("httpbin-0.example.com", { httpsPort: 19443, caFile: "ca.crt" }).slice(-5),
  ).toEqual([
    "--cacert",
    "ca.crt",
    "--resolve",
    "httpbin-0.example.com:19443:127.0.0.1",
    "https://httpbin-0.example.com:19443/status/200",
  ]);
});
