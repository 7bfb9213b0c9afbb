import { join } from "node:path";
import type { SupplyKind } from "../toolchain/choose-supply.ts";
import type { StackFacts } from "../lab/stack.ts";
import { labDir } from "../toolchain/paths.ts";
import { getImages } from "./get-images.ts";
import { runningNode } from "./running-node.ts";
import { stackSupply } from "./stack-supply.ts";

/**
 * Gets the images of the first lab on a machine into the container engine, with its progress shown, before Pulumi
 * begins: hundreds of megabytes. Once a node runs, what a step lacks is got by the program.
 * @throws UserError when one can't be pulled
 */
export async function prefetchImages(kind: SupplyKind, stack: StackFacts): Promise<void> {
  if (kind !== "official" || (await runningNode(join(labDir, stack.stack))) !== undefined) return;
  const [{ rolesOf }, { scenarios }] = await Promise.all([
    import("./choose-roles.ts"),
    import("../../components/scenarios/registry.ts"),
  ]);
  const supply = stackSupply(stack);
  // An unknown scenario or step is the program's to refuse.
  const scenario = scenarios.find(({ id }) => id === stack.scenario);
  const step =
    scenario?.steps.find(({ id }) => id === stack.step) ??
    (stack.step === undefined ? scenario?.steps[0] : undefined);
  if (scenario === undefined || step === undefined) return;
  await getImages(supply, rolesOf([{ scenario, step }], supply).had);
}
