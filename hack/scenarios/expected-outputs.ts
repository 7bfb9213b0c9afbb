import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../components/cluster/cluster.ts";
import { checkConfig, frozen } from "../../components/config.ts";
import { kubeconfigFile } from "../../components/cluster/one-context.ts";
import { gatewayPorts } from "../../components/mesh/gateway-address.ts";
import { labOutputs } from "../../components/outputs.ts";
import { buildStep } from "../../components/scenarios/build-step.ts";
import type { LabOutputs, Scenario } from "../../components/scenarios/scenario.ts";
import type { Supply } from "../../components/supply.ts";
import { UserError } from "../toolchain/phase.ts";

/** A stack that may not be deployed. */
export interface StackSettings {
  readonly stack: string;
  /** Folder of the stack's own files, absolute. */
  readonly folder: string;
  /** Text by key. */
  readonly raw: Readonly<Record<string, string>>;
  readonly supply: Supply;
  readonly scenarios: readonly Scenario[];
}

/** In the program these are asked for; here nothing is there to ask. */
const unknown = { loadBalancer: "LOAD-BALANCER", node: "NODE" } as const;

/**
 * The outputs a step will have, as far as config and the scenario's own code tell: built with Pulumi's mocks, which
 * reach nothing. What only a cluster knows is in capitals.
 * @throws UserError when config has faults
 */
export async function expectedOutputs(
  { stack, folder, raw, supply, scenarios }: StackSettings,
  scenario: Scenario,
  step: string,
): Promise<LabOutputs> {
  const given = { ...raw, scenario: scenario.id, step };
  // A story is told whatever the cluster has: what its steps need is left out of the check.
  const needless = scenarios.map(({ id, steps }) => ({ id, steps: steps.map(idOnly) }));
  const { values, faults } = checkConfig(given, { stack, scenarios: needless, supply });
  if (faults.length > 0) {
    const list = faults.map(({ problem }) => `  ${problem}`).join("\n");
    throw new UserError(`config has faults, so what to try can't be told:\n${list}`);
  }
  // As in a preview, what a provider would compute stays unknown, and nothing is made of it.
  await pulumi.runtime.setMocks(echo, "istio-lab", stack, true);
  const config = frozen(values);
  const built = buildStep(
    {
      config,
      supply,
      stageOpts: {},
      clusterOpts: {},
      meshOpts: { dependsOn: [] },
      istioNamespace: pulumi.output("istio-system"),
    },
    scenario,
    step,
  );
  const kind = config.cluster === "kind";
  const cluster = {
    kubeconfigPath: kind
      ? join(folder, "kubeconfig")
      : kubeconfigFile(config.kubeconfig, process.env),
    kubeContext: kind ? `kind-${config.clusterName}` : (config.kubeContext ?? ""),
    ...(kind ? { nodeContainer: `${config.clusterName}-control-plane` } : {}),
  } as Cluster;
  const open = config.listenAddress === "0.0.0.0" || config.listenAddress === "::";
  const loadBalanced = config.gatewayServiceType === "LoadBalancer";
  const outputs = labOutputs({
    config,
    supply,
    cluster,
    gateway: {
      address: kind ? (open ? "127.0.0.1" : config.listenAddress) : unknown.node,
      ...gatewayPorts(config),
      ...(loadBalanced ? { loadBalancerAddress: pulumi.output(unknown.loadBalancer) } : {}),
    },
    scenario,
    built: { ...built, ...(built.caCertPem ? { caCertPem: pulumi.output("") } : {}) },
    objects: [],
    ...(built.caCertPem ? { caCertPath: join(folder, "ca.crt") } : {}),
  });
  const known = await new Promise<LabOutputs>((resolve) => {
    (pulumi.output(outputs) as pulumi.Output<LabOutputs>).apply(resolve);
  });
  // What is still being registered would be reported as lost when the process ends.
  await pulumi.runtime.disconnect();
  return known;
}

function idOnly({ id }: { readonly id: string }): { readonly id: string } {
  return { id };
}

const echo: pulumi.runtime.Mocks = {
  newResource: ({ name, inputs }) => ({ id: name, state: inputs as Record<string, unknown> }),
  call: ({ inputs }) => inputs as Record<string, unknown>,
};
