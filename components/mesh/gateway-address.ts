import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster.ts";
import type { LabConfig } from "../config.ts";

/** The gateway's ports as this machine reaches them. */
export interface GatewayPorts {
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Where it says whether it is ready, at /healthz/ready. */
  readonly statusPort: number;
}

/** Where the ingress gateway is reached from this machine. */
export interface GatewayAddress extends GatewayPorts {
  readonly address: pulumi.Input<string>;
  /** Address of the gateway's load balancer, a name on some clusters; absent where it has none. */
  readonly loadBalancerAddress?: pulumi.Output<string>;
}

/** Where this machine reaches itself when the ports listen on every address. */
const loopbackOf: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

const ask = `set -eu
if [ "$TYPE" = NodePort ]; then
  # A node of a dual-stack cluster has two addresses.
  addresses=$(kubectl --context "$CONTEXT" get nodes --output jsonpath='{.items[0].status.addresses[?(@.type=="InternalIP")].address}')
  printf %s "\${addresses%% *}"
  exit
fi
for _ in $(seq 150); do
  address=$(kubectl --context "$CONTEXT" --namespace istio-system get service istio-ingressgateway --output jsonpath='{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}')
  [ -z "$address" ] || { printf %s "$address"; exit; }
  sleep 2
done
echo "the Service istio-system/istio-ingressgateway got no external address within 300 s: does this cluster have load balancers? otherwise: pulumi config set gatewayServiceType NodePort" >&2
exit 1
`;

/** On kind the published ports of this machine; elsewhere those of a load balancer, or the node ports. */
export function gatewayPorts(config: LabConfig): GatewayPorts {
  if (config.cluster === "kind") {
    const { httpPort, httpsPort, statusPort } = config;
    return { httpPort, httpsPort, statusPort };
  }
  return config.gatewayServiceType === "NodePort"
    ? {
        httpPort: config.httpNodePort,
        httpsPort: config.httpsNodePort,
        statusPort: config.statusNodePort,
      }
    : { httpPort: 80, httpsPort: 443, statusPort: 15021 };
}

/**
 * On kind the published ports of this machine, whatever the gateway's type: they lead to its node ports. On an existing
 * cluster the load balancer's address, or a node's with the node ports.
 * @param opts takes the IngressGateway in its `dependsOn`
 */
export function reachGateway(
  config: LabConfig,
  cluster: Cluster,
  opts: pulumi.CustomResourceOptions,
): GatewayAddress {
  const nodePort = config.gatewayServiceType === "NodePort";
  if (config.cluster === "kind") {
    return {
      address: loopbackOf[config.listenAddress] ?? config.listenAddress,
      ...gatewayPorts(config),
      ...(nodePort ? {} : { loadBalancerAddress: askCluster(config, cluster, opts) }),
    };
  }
  const address = askCluster(config, cluster, opts);
  return {
    address,
    ...gatewayPorts(config),
    ...(nodePort ? {} : { loadBalancerAddress: address }),
  };
}

function askCluster(
  config: LabConfig,
  cluster: Cluster,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const asked = new command.local.Command(
    "gateway-address",
    {
      create: ask,
      update: ask,
      environment: {
        KUBECONFIG: cluster.kubeconfigPath,
        CONTEXT: cluster.kubeContext,
        TYPE: config.gatewayServiceType,
      },
      // Another cluster has another address.
      triggers: [cluster.ready],
      logging: "stderr",
    },
    opts,
  );
  return asked.stdout;
}
