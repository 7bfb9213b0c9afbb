import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import type { Lab } from "../lab/lab.ts";
import { settleState } from "../lab/settle-state.ts";
import { readStackFacts } from "../lab/stack.ts";
import { clusterApi } from "../proof/cluster-api.ts";
import { liveWorld } from "../proof/live-world.ts";
import { reach } from "../proof/reach.ts";
import { parseOutputs, readOutputs } from "../proof/read-outputs.ts";
import { labDir, root } from "../toolchain/paths.ts";
import type { Stop } from "./plan.ts";
import { pulumiRunner } from "./pulumi-runner.ts";
import type { PulumiRun } from "./pulumi-runner.ts";
import { stepConfig } from "./step-config.ts";
import { readStepObjects } from "./step-objects.ts";
import type { TourLab } from "./tour-lab.ts";

/** Folder of a stack's own files. */
export function stackFolder(stack: string): string {
  return join(labDir, stack);
}

/** The lab of the selected stack, and the way back to what its stack file says. */
export interface LiveTourLab extends TourLab {
  /** Applies the stack's own config, proof and all. */
  restore(): Promise<PulumiRun>;
}

/**
 * The lab of the selected stack. Its stack file is read and never written: the tour's own config file, beside the
 * state, holds scenario and step.
 * @param say takes a line when something has to be waited for
 * @throws UserError when no lab is up
 */
export async function liveTourLab(
  { stack, variables }: Lab,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<LiveTourLab> {
  const facts = readStackFacts(root, stack);
  const pulumi = pulumiRunner(root, variables, signal);
  const outputs = await readOutputs(undefined, root);
  await reach(outputs);
  const configOf = ({ scenario, step }: Stop): string =>
    stepConfig(stackYaml(stack), facts.project, { scenario: scenario.id, step: step.id });
  const up = async (config: string): Promise<PulumiRun> => {
    await settleState(facts, { stack, variables }, say);
    return pulumi.up(writeConfig(stack, config));
  };
  return {
    outputs,
    apply: (stop) => up(configOf(stop)),
    preview: (stop) => pulumi.preview(writeConfig(stack, configOf(stop))),
    restore: () => up(stackYaml(stack)),
    parse: (given): LabOutputs => parseOutputs(JSON.stringify(given), "pulumi up"),
    world: liveWorld,
    objects: (given) => readStepObjects(clusterApi(given)),
  };
}

/** For the owner alone, as the stack file's secrets are in it, encrypted. */
function writeConfig(stack: string, text: string): string {
  const folder = stackFolder(stack);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "tour-config.yaml");
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

function stackYaml(stack: string): string {
  try {
    return readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8");
  } catch {
    return "";
  }
}
