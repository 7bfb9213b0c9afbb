import type { KubernetesObject } from "../../kubernetes-manifest.ts";

/**
 * The route of a rollout: the second version's share of the requests, the first one's the rest.
 * @param weight percent of the second version, 0 to 100
 */
export function rolloutRoute(host: string, weight: number): KubernetesObject {
  const to = (subset: string): object => ({
    host: "helloworld.default.svc.cluster.local",
    subset,
    port: { number: 80 },
  });
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: "helloworld", namespace: "default" },
    spec: {
      hosts: [host],
      gateways: ["istio-system/ingressgateway"],
      http: [
        {
          route: [
            { destination: to("v1"), weight: 100 - weight },
            { destination: to("v2"), weight },
          ],
        },
      ],
    },
  };
}
