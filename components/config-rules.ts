import { closest } from "fastest-levenshtein";
import { settings } from "./config-schema.ts";
import type { LabConfig } from "./config.ts";
import { stubNeedsOwnCluster } from "./external-hosts-rule.ts";
import type { Fault } from "./faults.ts";
import { loadBalancerOnKind, scenarioNeedsLoadBalancer } from "./load-balancer-rules.ts";
import { chartsAreHere, type ChartContext } from "./missing-charts-rule.ts";
import { imagesCanBeHad, imagesReachCluster } from "./missing-images-rule.ts";
import type { ClusterNeed } from "./scenarios/scenario.ts";
import { stepOwners } from "./scenarios/step-owners.ts";
import { stackNameFits } from "./stack-name-rule.ts";
import type { Supply } from "./supply.ts";
import type { ImageRole } from "./versions.ts";

/** What config is checked against besides itself. */
export interface ConfigContext {
  /** Name of the stack, such as "dev". */
  readonly stack: string;
  /** The scenarios there are, with their steps and what they need of the cluster. */
  readonly scenarios: readonly {
    readonly id: string;
    readonly steps: readonly { readonly id: string; readonly needs?: readonly ClusterNeed[] }[];
    readonly needs?: readonly ClusterNeed[];
    readonly images?: readonly ImageRole[];
  }[];
  readonly supply: Pick<Supply, "kind" | "nodeImage" | "missingImages" | "rolesInNode"> &
    ChartContext["supply"] & { readonly istio: Pick<Supply["istio"], "version"> };
}

/** "istio" for the stack of a fresh checkout; other stacks carry their name, so that two labs can run at once. */
export function defaultClusterName(stack: string): string {
  return stack === "dev" ? "istio" : `istio-${stack}`;
}

type Values = Partial<LabConfig>;
type Rule = (values: Values, context: ConfigContext) => readonly Fault[];

const rules: readonly Rule[] = [
  scenarioAndStep,
  stackNameFits,
  stackMakesClusterName,
  existingNeedsContext,
  portsDiffer,
  versionsNeedOfficialSupply,
  notInThisVersion,
  loadBalancerOnKind,
  scenarioNeedsLoadBalancer,
  stubNeedsOwnCluster,
  imagesCanBeHad,
  imagesReachCluster,
  chartsAreHere,
];

/**
 * The rules that need more than one value, or something outside config. A rule whose values are missing, since they
 * had faults of their own, is silent. With `cluster: existing` the keys that only kind reads (clusterName, nodes,
 * nodeImage, listenAddress, metallb) are ignored, not refused: a stack can be switched over and back by one key.
 */
export function validate(values: Values, context: ConfigContext): Fault[] {
  return rules.flatMap((rule) => rule(values, context));
}

function scenarioAndStep({ scenario, step }: Values, { scenarios }: ConfigContext): Fault[] {
  if (scenario === undefined) return [];
  const chosen = scenarios.find(({ id }) => id === scenario);
  if (!chosen) return [unknownId("scenario", scenario, "a scenario", idsOf(scenarios))];
  const steps = idsOf(chosen.steps);
  if (step === undefined || steps.includes(step)) return [];
  const fault = unknownId("step", step, `a step of scenario "${scenario}"`, steps);
  const owners = stepOwners(step, scenarios);
  return [owners.length === 0 ? fault : othersStep(fault, step, scenario, owners)];
}

/** The step is known, of other scenarios: rather the scenario is wrong than the step a typing error. */
function othersStep(fault: Fault, step: string, scenario: string, owners: string[]): Fault {
  const switches = owners.map((owner) => set("scenario", owner));
  return {
    ...fault,
    problem: `step: given "${step}", which is not a step of scenario "${scenario}", but of ${owners.join(", ")}`,
    fix: [...switches, fault.fix].join(", or "),
  };
}

function idsOf(entries: readonly { readonly id: string }[]): string[] {
  return entries.map(({ id }) => id);
}

function unknownId(key: string, given: string, what: string, ids: readonly string[]): Fault {
  const near = closest(given, ids);
  return {
    problem: `${key}: given "${given}", which is not ${what}; closest: "${near}"`,
    accepted: ids.join(", "),
    fix: set(key, near),
  };
}

function stackMakesClusterName(
  { cluster, clusterName }: Values,
  { stack }: ConfigContext,
): Fault[] {
  if (cluster !== "kind" || clusterName === undefined) return [];
  const { schema, accepted } = settings.clusterName;
  if (schema.safeParse(clusterName).success) return [];
  return [
    {
      problem: `clusterName: not set, and "${clusterName}", made from the stack's name "${stack}", can't be one`,
      accepted,
      fix: set("clusterName", "istio-2"),
    },
  ];
}

function existingNeedsContext({ cluster, kubeContext }: Values): Fault[] {
  if (cluster !== "existing" || kubeContext !== undefined) return [];
  return [
    {
      problem: 'kubeContext: not set, but cluster is "existing"',
      accepted: settings.kubeContext.accepted,
      fix: `${set("kubeContext", "NAME")} (kubectl config get-contexts lists them), or ${set("cluster", "kind")}`,
    },
  ];
}

const portGroups = [
  ["httpPort", "httpsPort", "statusPort"],
  ["httpNodePort", "httpsNodePort", "statusNodePort"],
] as const;

function portsDiffer(values: Values): Fault[] {
  return portGroups.flatMap((keys) =>
    keys.flatMap((key, at) => {
      const twin = keys.slice(0, at).find((other) => values[other] === values[key]);
      const port = values[key];
      return twin === undefined || port === undefined ? [] : [samePort(key, twin, port, keys)];
    }),
  );
}

type PortKey = (typeof portGroups)[number][number];

/** Of two keys with one port, the fault is of the one that was moved from its default. */
function samePort(key: PortKey, twin: PortKey, port: number, keys: readonly PortKey[]): Fault {
  const [moved, other] = settings[key].byDefault === String(port) ? [twin, key] : [key, twin];
  const { accepted, byDefault } = settings[moved];
  return {
    problem: `${moved}: given "${port}", which is ${other}'s`,
    accepted: `${accepted}, another one for each of ${keys.join(", ")}`,
    fix: set(moved, byDefault),
  };
}

function versionsNeedOfficialSupply(values: Values, { supply }: ConfigContext): Fault[] {
  if (supply.kind === "official") return [];
  const supplied = { istioVersion: supply.istio.version, nodeImage: supply.nodeImage };
  return (["istioVersion", "nodeImage"] as const)
    .filter((key) => key === "istioVersion" || values.cluster === "kind")
    .filter((key) => values[key] !== undefined && values[key] !== supplied[key])
    .map((key) => ({
      problem: `${key}: given "${values[key]}", but the ${supply.kind} supply has one only`,
      accepted: supplied[key],
      fix: `pulumi config rm istio-lab:${key}, or set up with LAB_SUPPLY=official`,
    }));
}

/** Keys of scenarios that are still to come, with the value that this version takes. */
const fixedForNow = {
  registry: false,
  issuer: "ca",
} as const;

function notInThisVersion(values: Values): Fault[] {
  return (Object.keys(fixedForNow) as (keyof typeof fixedForNow)[])
    .filter((key) => values[key] !== undefined && values[key] !== fixedForNow[key])
    .map((key) => ({
      problem: `${key}: given "${values[key]}", which is not in this version`,
      accepted: String(fixedForNow[key]),
      fix: set(key, String(fixedForNow[key])),
    }));
}

function set(key: string, value: string | number): string {
  return `pulumi config set istio-lab:${key} ${value}`;
}
