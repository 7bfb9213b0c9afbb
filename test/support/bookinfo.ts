import type { HttpCheck } from "../../components/scenarios/checks/http.ts";
import type { Expectation } from "../../components/scenarios/expectation.ts";
import { findScenario } from "../../components/scenarios/registry.ts";
import { isObject, objectKey } from "../../components/stage/object-key.ts";
import { buildStep, deployStep } from "./build-step.ts";
import { find } from "./mocks.ts";

/** Keys of a step's objects without those of namespace `istio-system` and of the client. */
export async function objectKeys(scenario: string, step: string): Promise<string[]> {
  const registered = await buildStep(scenario, step);
  return registered
    .filter(({ type, name }) => isObject(type) && !/istio-(system|lab)|sleep/.test(name))
    .map(({ type, name }) => objectKey(type, name))
    .sort();
}

/** What the workloads of Bookinfo are made of. */
export const appKeys: readonly string[] = [
  "Deployment.apps default/details-v1",
  "Deployment.apps default/productpage-v1",
  "Deployment.apps default/ratings-v1",
  "Deployment.apps default/reviews-v1",
  "Deployment.apps default/reviews-v2",
  "Deployment.apps default/reviews-v3",
  ...["details", "productpage", "ratings", "reviews"].flatMap((service) => [
    `Service default/${service}`,
    `ServiceAccount default/bookinfo-${service}`,
  ]),
];

/** The way in. */
export const gatewayKeys: readonly string[] = [
  "Gateway.networking.istio.io default/bookinfo-gateway",
  "VirtualService.networking.istio.io default/bookinfo",
];

/** Names for the versions. */
export const ruleKeys: readonly string[] = ["details", "productpage", "ratings", "reviews"].map(
  (service) => `DestinationRule.networking.istio.io default/${service}`,
);

/** Everything that the scenarios after `bookinfo-deploy` begin with, and VirtualServices of these services. */
export function withRoutes(...services: readonly string[]): string[] {
  const routes = services.map((service) => `VirtualService.networking.istio.io default/${service}`);
  return [...appKeys, ...gatewayKeys, ...ruleKeys, ...routes].sort();
}

/** `spec.http` of a service's VirtualService; it is for that service alone. */
export async function routeOf(scenario: string, step: string, service: string): Promise<unknown> {
  const type = "kubernetes:networking.istio.io/v1:VirtualService";
  const registered = await buildStep(scenario, step);
  const { inputs } = find(registered, `default/${service}`, type);
  const { hosts, http, ...rest } = inputs["spec"] as Readonly<Record<string, unknown>>;
  return JSON.stringify([hosts, rest]) === JSON.stringify([[service], {}]) ? http : inputs["spec"];
}

/** One destination, as a route has it. */
export function to(
  host: string,
  subset: string,
): { destination: { host: string; subset: string } } {
  return { destination: { host, subset } };
}

/** Rows of a step's proof. */
export async function rowsOf(scenario: string, step: string): Promise<readonly Expectation[]> {
  const { outputs } = await deployStep(scenario, step);
  return findScenario(scenario).proof(outputs, step);
}

/** The check of one row, which is a call. */
export async function callOf(scenario: string, step: string, name: string): Promise<HttpCheck> {
  const rows = await rowsOf(scenario, step);
  const check = rows.find((row) => row.name === name)?.check;
  if (check?.kind !== "http") throw new Error(`no call "${name}" among:\n${namesOf(rows)}`);
  return check;
}

function namesOf(rows: readonly Expectation[]): string {
  return rows.map(({ name }) => name).join("\n");
}
