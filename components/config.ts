import { closest, distance } from "fastest-levenshtein";
import { defaultClusterName, validate, type ConfigContext } from "./config-rules.ts";
import { settings } from "./config-schema.ts";
import type { Fault } from "./faults.ts";

/** Name of an add-on, as config and the steps have it. */
export type AddOn = "prometheus" | "kiali" | "grafana";

/** Every setting of the lab, read from stack config once, checked, frozen. */
export interface LabConfig {
  readonly scenario: string;
  /** @default the scenario's first */
  readonly step: string;
  /** "kind" makes a cluster; "existing" takes the one behind `kubeContext`. */
  readonly cluster: "kind" | "existing";
  /** Name of the kind cluster. @default "istio-<stack>" */
  readonly clusterName: string;
  /** Existing cluster: kubeconfig file. @default $KUBECONFIG, else ~/.kube/config */
  readonly kubeconfig?: string;
  /** Existing cluster: context in that file; required there. */
  readonly kubeContext?: string;
  /** kind nodes: one control plane and `nodes - 1` workers. @default 1 */
  readonly nodes: number;
  /** kind node image. @default the supply's */
  readonly nodeImage?: string;
  /** Istio version. @default the supply's; another one needs the official supply */
  readonly istioVersion?: string;
  readonly gatewayServiceType: "NodePort" | "LoadBalancer";
  readonly httpNodePort: number;
  readonly httpsNodePort: number;
  readonly statusNodePort: number;
  /** Ports on this machine that lead to the gateway. */
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly statusPort: number;
  /** Address those ports listen on. @default "127.0.0.1" */
  readonly listenAddress: string;
  readonly replicas: number;
  /** Domain of the lab's host names. @default "example.com" */
  readonly domain: string;
  /** Percent of requests that a rollout sends to its second version. @default 20 */
  readonly weightV2: number;
  /** Days that the CA and the leaf certificates are valid. @default 365 */
  readonly certificateDays: number;
  readonly keyAlgorithm: "RSA-2048" | "RSA-4096" | "ECDSA-P256" | "ECDSA-P384";
  /** Raise it to rotate every leaf certificate. @default 1 */
  readonly certificateEpoch: number;
  /** Strongest level of mutual TLS policy at step policy-precedence of helloworld-mesh. @default "port" */
  readonly precedenceLevel: "port" | "workload" | "namespace" | "mesh";
  /** Prove the step at the end of `pulumi up`. @default true */
  readonly verify: boolean;
  /** Registry that replaces the host of every image, such as "mirror.example.org/lab". */
  readonly imageRegistry?: string;
  readonly metallb: boolean;
  readonly addons: readonly AddOn[];
  readonly registry: boolean;
  readonly externalBackend: "stub" | "internet";
  readonly issuer: "ca" | "acme";
}

/** What {@link checkConfig} found: every value that is good by itself, and every fault. */
export interface CheckedConfig {
  /** Complete when there are no faults. */
  readonly values: Partial<LabConfig>;
  readonly faults: readonly Fault[];
}

/**
 * The project's own part of all stack config, without the prefix.
 * @param all as `pulumi.runtime.allConfig()` gives it: `istio-lab:step` -> "ingress"
 */
export function ownConfig(
  all: Readonly<Record<string, string>>,
  project = "istio-lab",
): Record<string, string> {
  const prefix = `${project}:`;
  return Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

/**
 * Parses and checks every setting; never throws, so that faults of the machine can be reported together with these.
 * @param raw text by key, see {@link ownConfig}; a key that is absent has its default, an empty text is "not set" where the default is ""
 */
export function checkConfig(
  raw: Readonly<Record<string, string>>,
  context: ConfigContext,
): CheckedConfig {
  const faults: Fault[] = Object.keys(raw)
    .filter((key) => !Object.hasOwn(settings, key))
    .map(unknownKey);
  const parsed: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const given = raw[key] ?? setting.byDefault;
    if (given === "" && setting.byDefault === "") continue;
    const result = setting.schema.safeParse(given);
    if (result.success) parsed[key] = result.data;
    else faults.push(badValue(key, given));
  }
  if (!raw["step"]) parsed["step"] = firstStep(parsed["scenario"], context);
  if (!raw["clusterName"]) parsed["clusterName"] = defaultClusterName(context.stack);
  const values = parsed as Partial<LabConfig>;
  return { values, faults: [...faults, ...validate(values, context)] };
}

function firstStep(scenario: unknown, { scenarios }: ConfigContext): string | undefined {
  return scenarios.find(({ id }) => id === scenario)?.steps[0]?.id;
}

/** A checked configuration without faults, frozen with its lists. */
export function frozen(values: Partial<LabConfig>): LabConfig {
  for (const value of Object.values(values)) Object.freeze(value);
  return Object.freeze(values) as LabConfig;
}

// The value is not shown: under a mistyped key it may be a secret.
function unknownKey(key: string): Fault {
  const known = Object.keys(settings);
  const near = closest(key, known);
  const remove = `pulumi config rm istio-lab:${key}`;
  // Farther away than half its letters it is no typing error, and a guess would only lead astray.
  if (distance(key.toLowerCase(), near.toLowerCase()) > Math.ceil(near.length / 2)) {
    return { problem: `${key}: there is no such key`, accepted: known.join(", "), fix: remove };
  }
  return {
    problem: `${key}: there is no such key; did you mean "${near}"?`,
    accepted: `for ${near}: ${settings[near as keyof typeof settings].accepted}`,
    fix: `${remove}, then pulumi config set istio-lab:${near} VALUE`,
  };
}

function badValue(key: string, given: string): Fault {
  const { accepted, byDefault } = settings[key as keyof typeof settings];
  const empty = byDefault === "" || byDefault === "[]";
  return {
    problem: `${key}: given "${given}"`,
    accepted,
    fix: empty
      ? `pulumi config rm istio-lab:${key}`
      : `pulumi config set istio-lab:${key} ${byDefault}`,
  };
}
