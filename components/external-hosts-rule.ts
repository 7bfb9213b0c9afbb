import type { ConfigContext } from "./config-rules.ts";
import type { LabConfig } from "./config.ts";
import type { Fault } from "./faults.ts";

/**
 * A stub is reached by names in the cluster's DNS, and the DNS of somebody else's cluster is left as it is. Scenarios
 * that call nobody outside are not concerned: the stub is the default.
 */
export function stubNeedsOwnCluster(
  { scenario, cluster, externalBackend }: Partial<LabConfig>,
  { scenarios }: Pick<ConfigContext, "scenarios">,
): Fault[] {
  const needs = scenarios.find(({ id }) => id === scenario)?.needs ?? [];
  if (cluster !== "existing" || externalBackend !== "stub") return [];
  if (!needs.includes("external-hosts")) return [];
  return [
    {
      problem: `externalBackend: given "stub", but for that scenario "${scenario}" needs names in the cluster's DNS, and the lab does not change CoreDNS of an existing cluster`,
      accepted: "internet; stub with cluster kind",
      fix: "pulumi config set istio-lab:externalBackend internet, or pulumi config set istio-lab:cluster kind",
    },
  ];
}
