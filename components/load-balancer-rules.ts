import type { ConfigContext } from "./config-rules.ts";
import type { LabConfig } from "./config.ts";
import type { Fault } from "./faults.ts";
import type { ClusterNeed } from "./scenarios/scenario.ts";

type Values = Partial<LabConfig>;

const loadBalancer = "pulumi config set istio-lab:gatewayServiceType LoadBalancer";
const nodePort = "pulumi config set istio-lab:gatewayServiceType NodePort";
const metalLb = "pulumi config set istio-lab:metallb true";

/** On kind it is MetalLB that gives a LoadBalancer Service its address. */
export function loadBalancerOnKind({ cluster, gatewayServiceType, metallb }: Values): Fault[] {
  if (cluster !== "kind" || gatewayServiceType !== "LoadBalancer" || metallb !== false) return [];
  return [
    {
      problem:
        'gatewayServiceType: given "LoadBalancer", but metallb is "false", and kind itself gives no address to one',
      accepted: "NodePort; LoadBalancer with metallb true",
      fix: `${metalLb} (the cluster is kept), or ${nodePort}`,
    },
  ];
}

/**
 * A scenario, or one step of it, may need an address for the gateway. Where config asks for a load balancer,
 * {@link loadBalancerOnKind} says what it lacks.
 */
export function scenarioNeedsLoadBalancer(
  { scenario, step, cluster, gatewayServiceType, metallb }: Values,
  { scenarios }: Pick<ConfigContext, "scenarios">,
): Fault[] {
  const chosen = scenarios.find(({ id }) => id === scenario);
  if (chosen === undefined || gatewayServiceType !== "NodePort") return [];
  const [key, given, choices] = isNeedy(chosen)
    ? ["scenario", scenario, scenarios]
    : ["step", step, chosen.steps];
  if (!choices.some((choice) => choice.id === given && isNeedy(choice))) return [];
  const keys = [loadBalancer, ...(cluster === "kind" && metallb === false ? [metalLb] : [])];
  const others = choices.filter((choice) => !isNeedy(choice)).map(({ id }) => id);
  return [
    {
      problem: `${key}: given "${given}", which needs a load balancer before the gateway, but gatewayServiceType is "NodePort"`,
      accepted: others.join(", "),
      fix: `${keys.join(" && ")}${cluster === "kind" ? " (the cluster is kept, not rebuilt)" : ""}`,
    },
  ];
}

function isNeedy({ needs }: { readonly needs?: readonly ClusterNeed[] }): boolean {
  return needs?.includes("load-balancer") ?? false;
}
