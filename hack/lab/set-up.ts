import type { SupplyChoice } from "../toolchain/choose-supply.ts";
import { downloadSizes } from "../toolchain/download-sizes.ts";
import { labDir, root } from "../toolchain/paths.ts";
import type { Phase } from "../toolchain/phase.ts";
import { currentChoice, supplyPhases } from "../toolchain/toolchain.ts";
import { refuseBlockers } from "./doctor/blockers.ts";
import { pulumiHomes } from "./environment.ts";
import { runPhases, unfinished } from "./run-phases.ts";
import { withSetUpLock } from "./set-up-lock.ts";
import { currentStackFacts } from "./stack.ts";

export interface SetUpOptions {
  /** Look again which supply can be reached. @default false */
  readonly refresh?: boolean;
}

/**
 * Makes sure that the engine answers and that the supply's tools and images are there. Takes a moment when
 * they are.
 * @returns the supply in use
 * @throws UserError on a fault that the user can mend
 */
export async function setUp(options: SetUpOptions = {}): Promise<SupplyChoice> {
  const stack = currentStackFacts(root, pulumiHomes(process.env, labDir));
  const choice = await currentChoice(stack, options.refresh ?? false);
  const phases = [
    ...(await engineFor(choice, stack.cluster)),
    ...(await supplyPhases(choice.kind, stack)),
  ];
  const missing = await unfinished(phases);
  if (missing.length === 0) return choice;
  // The supply file alone is no build.
  await refuseBlockers(["disk"], {
    supply: choice.kind,
    building: missing.length > 1,
    stack,
  });
  process.stderr.write(`supply: ${choice.kind}, because ${choice.why}\n`);
  const sizes = await downloadSizes(missing);
  if (sizes !== undefined) process.stderr.write(`${sizes}\n`);
  // Another checkout may be building the same parts: after the wait, only what is missing then is done.
  await withSetUpLock(async () => runPhases(await unfinished(phases)));
  return choice;
}

async function engineFor(choice: SupplyChoice, cluster: string): Promise<readonly Phase[]> {
  // A cluster of the user's own needs no engine here; the registry-only room builds with one.
  if (cluster === "existing" && choice.kind === "official") return [];
  const { enginePhases } = await import("../engine/engine.ts");
  return enginePhases();
}
