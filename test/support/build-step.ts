import { statefulsetIngress } from "../../components/scenarios/statefulset-ingress.ts";
import { officialSupply, type Supply } from "../../components/supply.ts";
import { fakeLab, labConfig } from "./lab.ts";
import { drain, record, type Registration } from "./mocks.ts";

const built = new Map<string, Promise<readonly Registration[]>>();

/**
 * What a step of `statefulset-ingress` registers, without the fakes it stands on. The same step is built once.
 * @param raw stack config
 */
export function buildStep(
  step: string,
  raw: Readonly<Record<string, string>> = {},
  supply: Supply = officialSupply,
): Promise<readonly Registration[]> {
  const key = JSON.stringify([step, raw, supply]);
  const known = built.get(key) ?? buildOnce(step, raw, supply);
  built.set(key, known);
  return known;
}

async function buildOnce(
  step: string,
  raw: Readonly<Record<string, string>>,
  supply: Supply,
): Promise<readonly Registration[]> {
  const registered = await record();
  statefulsetIngress.build(fakeLab(labConfig(raw), supply), step);
  await drain();
  const fakes = ["scenario", "mesh", "kubernetes", "node"];
  return registered.filter(({ name }) => !fakes.includes(name));
}
