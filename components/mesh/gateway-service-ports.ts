import type { LabConfig } from "../config.ts";

/** Ports of the gateway Service and the node ports they are published at. */
export interface GatewayNodePorts {
  readonly status: number;
  readonly http: number;
  readonly https: number;
}

/** The node ports that config pins: on kind the host's ports lead to them. */
export function nodePortsOf(
  config: Pick<LabConfig, "statusNodePort" | "httpNodePort" | "httpsNodePort">,
): GatewayNodePorts {
  return {
    status: config.statusNodePort,
    http: config.httpNodePort,
    https: config.httpsNodePort,
  };
}

/** A port of the gateway Service, as the chart takes it. */
export interface GatewayServicePort {
  readonly name: string;
  readonly port: number;
  /** Where the gateway's pod listens. */
  readonly targetPort: number;
  readonly nodePort: number;
  readonly protocol: "TCP";
}

/**
 * The gateway Service's ports, as Istio's own installation has them: 80 and 443 lead to the pod's 8080 and 8443. A
 * Gateway object may then name either of the two: istiod binds a server of port 80 where the Service leads to, and one of
 * port 8080 as it is.
 * @see https://github.com/istio/istio/blob/1.31.1/manifests/charts/gateways/istio-ingress/values.yaml
 */
export const gatewayPorts = [
  { role: "status", name: "status-port", port: 15021, targetPort: 15021 },
  { role: "http", name: "http2", port: 80, targetPort: 8080 },
  { role: "https", name: "https", port: 443, targetPort: 8443 },
] as const;

/** {@link gatewayPorts} with the node ports, as the chart takes them. */
export function gatewayServicePorts(nodePorts: GatewayNodePorts): readonly GatewayServicePort[] {
  return gatewayPorts.map(({ role, ...port }) => {
    return { ...port, nodePort: nodePorts[role], protocol: "TCP" };
  });
}
