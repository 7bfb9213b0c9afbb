import { bookinfoDeploy } from "./bookinfo-deploy.ts";
import { bookinfoFaults } from "./bookinfo-faults.ts";
import { bookinfoRouting } from "./bookinfo-routing.ts";
import { bookinfoShifting } from "./bookinfo-shifting.ts";
import { bookinfoTimeouts } from "./bookinfo-timeouts.ts";
import { circuitBreaking } from "./circuit-breaking.ts";
import { egress } from "./egress.ts";
import { helloworldIngress } from "./helloworld-ingress.ts";
import { helloworldMesh } from "./helloworld-mesh.ts";
import { helloworldNext } from "./helloworld-next.ts";
import { helloworldTls } from "./helloworld-tls.ts";
import { httpbinHttps } from "./httpbin-https.ts";
import { httpbinIngress } from "./httpbin-ingress.ts";
import { mirroring } from "./mirroring.ts";
import { none } from "./none.ts";
import type { Scenario, Step } from "./scenario.ts";
import { statefulsetIngress } from "./statefulset-ingress.ts";

/** Every scenario of the lab, in the order a course takes them. */
export const scenarios: readonly Scenario[] = [
  statefulsetIngress,
  helloworldIngress,
  helloworldTls,
  helloworldMesh,
  helloworldNext,
  bookinfoDeploy,
  bookinfoRouting,
  bookinfoFaults,
  bookinfoShifting,
  bookinfoTimeouts,
  httpbinIngress,
  httpbinHttps,
  egress,
  circuitBreaking,
  mirroring,
  none,
];

/**
 * The scenario of that id; config has been checked before.
 * @throws Error when there is none
 */
export function findScenario(id: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.id === id);
  if (!scenario) throw new Error(`no scenario "${id}"`);
  return scenario;
}

/**
 * A step of a scenario; config has been checked before.
 * @throws Error when there is none
 */
export function findStep(scenario: Scenario, id: string): Step {
  const step = scenario.steps.find((candidate) => candidate.id === id);
  if (!step) throw new Error(`scenario "${scenario.id}" has no step "${id}"`);
  return step;
}
