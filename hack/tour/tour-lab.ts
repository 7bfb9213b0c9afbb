import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import type { Stop } from "./plan.ts";
import type { World } from "./prove.ts";
import type { PulumiRun } from "./pulumi-runner.ts";
import type { StepObjects } from "./step-objects.ts";

/** The live lab as a tour uses it. */
export interface TourLab {
  /** Outputs of what is deployed; a tour begins with these. */
  readonly outputs: LabOutputs;
  apply(stop: Stop): Promise<PulumiRun>;
  preview(stop: Stop): Promise<PulumiRun>;
  /** Outputs as a proof reads them; throws where they are not a lab's. */
  parse(outputs: unknown): LabOutputs;
  world(outputs: LabOutputs): World;
  objects(outputs: LabOutputs): Promise<StepObjects>;
}
