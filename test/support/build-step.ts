import { buildStep as buildScenarioStep } from "../../components/scenarios/build-step.ts";
import { findScenario } from "../../components/scenarios/registry.ts";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { officialSupply, type Supply } from "../../components/supply.ts";
import { fakeLab, labConfig, labOutputs } from "./lab.ts";
import { drain, record, type Registration } from "./mocks.ts";
import { omit } from "./omit.ts";

/** A step as a lab would have it. */
export interface BuiltStep {
  /** What it registers, with all that comes with every step, without the fakes it stands on. */
  readonly registered: readonly Registration[];
  /** What its proof may know. */
  readonly outputs: LabOutputs;
}

const built = new Map<string, Promise<BuiltStep>>();

/**
 * Builds a step as index.ts does. The same step is built once.
 * @param raw stack config
 */
export function deployStep(
  scenario: string,
  step: string,
  raw: Readonly<Record<string, string>> = {},
  supply: Supply = officialSupply,
): Promise<BuiltStep> {
  const key = JSON.stringify([scenario, step, raw, supply]);
  const known = built.get(key) ?? buildOnce({ ...raw, scenario, step }, supply);
  built.set(key, known);
  return known;
}

/** What a step registers, see {@link deployStep}. */
export async function buildStep(
  ...args: Parameters<typeof deployStep>
): Promise<readonly Registration[]> {
  return (await deployStep(...args)).registered;
}

async function buildOnce(
  raw: Readonly<Record<string, string>>,
  supply: Supply,
): Promise<BuiltStep> {
  const config = labConfig(raw);
  const registered = await record();
  const scenario = findScenario(config.scenario);
  const lab = fakeLab(config, supply);
  const { hosts, scheme = "https", caCertPem } = buildScenarioStep(lab, scenario, config.step);
  await drain();
  const known = labOutputs(config.step, config.replicas, {
    scenario: scenario.id,
    steps: scenario.steps.map(({ id }) => id),
    hosts,
    gatewayUrls: hosts.map((host) => `${scheme}://${host}:${scheme === "https" ? 8443 : 8080}`),
    addons: config.addons,
    domain: config.domain,
    weightV2: config.weightV2,
    precedenceLevel: config.precedenceLevel,
    ...(config.gatewayServiceType === "LoadBalancer"
      ? { loadBalancerAddress: "172.18.100.0" }
      : {}),
  });
  const fakes = ["scenario", "mesh", "kubernetes", "node"];
  return {
    registered: registered.filter(({ name }) => !fakes.includes(name)),
    outputs: caCertPem ? known : omit(known, "caCertPem", "caCertPath"),
  };
}
