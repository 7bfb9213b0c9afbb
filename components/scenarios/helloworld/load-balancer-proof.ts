import type { Expectation } from "../expectation.ts";
import type { LabOutputs } from "../scenario.ts";

/** The gateway's Service has an address of its own, where nothing listens yet; no rows where it has none. */
export function loadBalancerProof(lab: LabOutputs): Expectation[] {
  const address = lab.loadBalancerAddress;
  if (address === undefined) return [];
  const external: Expectation = {
    name: "Service istio-ingressgateway has an external IP",
    expected: `EXTERNAL-IP ${address}`,
    check: {
      kind: "object",
      resource: "service",
      name: "istio-ingressgateway",
      namespace: "istio-system",
      expect: [
        { path: "spec.type", equals: "LoadBalancer" },
        { path: "status.loadBalancer.ingress[*].ip", sameItems: [address] },
      ],
    },
  };
  // The load balancers of an existing cluster are its own.
  if (!lab.nodeContainer) return [external];
  return [
    external,
    {
      name: "that IP is the first one of MetalLB's pool dynamic",
      expected: `a pool that begins with ${address}`,
      check: {
        kind: "object",
        resource: "ipaddresspools.metallb.io",
        name: "dynamic",
        namespace: "metallb-system",
        expect: [{ path: "spec.addresses[*]", contains: address }],
      },
    },
    {
      name: `http://${address} is refused on the kind network`,
      expected: "exit 7: nothing listens without a Gateway",
      negative: true,
      check: {
        kind: "http",
        caller: { from: "kind-network" },
        url: `http://${address}/`,
        expect: { exit: [7] },
      },
    },
  ];
}
