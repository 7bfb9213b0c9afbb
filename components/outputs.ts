import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./cluster/cluster.ts";
import type { LabConfig } from "./config.ts";
import type { GatewayAddress } from "./mesh/gateway-address.ts";
import type { LabOutputs, Scenario, ScenarioOutputs } from "./scenarios/scenario.ts";
import type { Supply } from "./supply.ts";

/** The stack's outputs before their values are known. */
export type PendingOutputs = { readonly [K in keyof LabOutputs]: pulumi.Input<LabOutputs[K]> };

/** What {@link labOutputs} puts together. */
export interface LabOutputsArgs {
  readonly config: LabConfig;
  readonly supply: Supply;
  readonly cluster: Cluster;
  readonly gateway: GatewayAddress;
  readonly scenario: Scenario;
  readonly built: ScenarioOutputs;
  readonly caCertPath?: pulumi.Input<string>;
  /** Keys of the step's objects. */
  readonly objects: readonly string[];
}

/** What a proof may know, and what a user asks for with `pulumi stack output`: what there is none of has no key. */
export function labOutputs(args: LabOutputsArgs): PendingOutputs {
  const { config, supply, cluster, gateway, scenario, built } = args;
  return {
    scenario: scenario.id,
    step: config.step,
    steps: scenario.steps.map(({ id }) => id),
    kubeconfigPath: cluster.kubeconfigPath,
    kubeContext: cluster.kubeContext,
    ...(cluster.nodeContainer ? { nodeContainer: cluster.nodeContainer } : {}),
    objects: [...args.objects],
    gatewayUrls: urlsOf(built, gateway),
    gatewayAddress: gateway.address,
    ...(gateway.loadBalancerAddress ? { loadBalancerAddress: gateway.loadBalancerAddress } : {}),
    httpPort: gateway.httpPort,
    httpsPort: gateway.httpsPort,
    statusPort: gateway.statusPort,
    hosts: [...built.hosts],
    replicas: config.replicas,
    addons: [...config.addons],
    domain: config.domain,
    weightV2: config.weightV2,
    certificateDays: config.certificateDays,
    keyAlgorithm: config.keyAlgorithm,
    precedenceLevel: config.precedenceLevel,
    ...(built.caCertPem ? { caCertPem: built.caCertPem } : {}),
    ...(args.caCertPath ? { caCertPath: args.caCertPath } : {}),
    supply: {
      kind: supply.kind,
      limits: { ...supply.limits },
      parts: Object.fromEntries(
        supply.parts.map(({ name, version, from }) => [name, `${version}, ${from}`]),
      ),
    },
  };
}

function urlsOf({ hosts, scheme = "https" }: ScenarioOutputs, gateway: GatewayAddress): string[] {
  const [port, usual] = scheme === "https" ? [gateway.httpsPort, 443] : [gateway.httpPort, 80];
  return hosts.map((host) => `${scheme}://${host}${port === usual ? "" : `:${port}`}`);
}

/** The stack's read-me: where it stands and what to try, as Markdown. */
export function readme(lab: LabOutputs, scenario: Scenario): string {
  const steps = scenario.steps
    .map(
      ({ id, about }) =>
        `- ${id === lab.step ? "**" : ""}${id}${id === lab.step ? "**" : ""}: ${about}`,
    )
    .join("\n");
  const commands = scenario.tryIt(lab, lab.step).join("\n");
  const next = lab.steps[(lab.steps.indexOf(lab.step) + 1) % lab.steps.length];
  return `# ${scenario.title}

${scenario.about}

${steps}

Try it:

\`\`\`sh
${commands}
\`\`\`

Move to another step with \`pulumi config set step ${next} && pulumi up\`.
`;
}
