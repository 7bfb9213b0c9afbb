import type { LabConfig } from "../config.ts";
import type { ClusterNeed } from "./scenario.ts";

/** A scenario or a step, of which only what it needs of the cluster counts. */
interface Needy {
  readonly needs?: readonly ClusterNeed[];
}

/** Config as text, by key. */
type Settings = Readonly<Record<string, string>>;

/** What gives a cluster each need: keys of config that are not so by default. */
const settings: Readonly<Record<ClusterNeed, Readonly<Record<LabConfig["cluster"], Settings>>>> = {
  "load-balancer": {
    kind: { gatewayServiceType: "LoadBalancer", metallb: "true" },
    existing: { gatewayServiceType: "LoadBalancer" },
  },
  // On kind the stub, which is the default, has its names in the cluster's DNS.
  "external-hosts": { kind: {}, existing: { externalBackend: "internet" } },
};

/** What a step needs of the cluster, with what its whole scenario does. */
export function needsOf(scenario: Needy | undefined, step: Needy | undefined): ClusterNeed[] {
  return [...(scenario?.needs ?? []), ...(step?.needs ?? [])];
}

/** Config with which a cluster of that kind has all of this, by key; config's rules take it as it is. */
export function settingsFor(
  needs: readonly ClusterNeed[],
  cluster: LabConfig["cluster"],
): Record<string, string> {
  return Object.fromEntries(needs.flatMap((need) => Object.entries(settings[need][cluster])));
}

/** One command line that sets them, to paste into the lab's shell. */
export function setCommands(values: Settings): string {
  return Object.entries(values)
    .map(([key, value]) => `pulumi config set ${key} ${value}`)
    .join(" && ");
}
