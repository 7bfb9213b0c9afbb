import type { StageCheck } from "../../../components/scenarios/checks/stage.ts";
import { liveObjects } from "../../../components/stage/live-objects.ts";
import { brief } from "../brief-text.ts";
import type { LiveLab } from "../callers.ts";
import type { Look } from "../poll.ts";

/** Compares what the cluster has of the stage with what the step has. */
export async function lookAtStage(lab: LiveLab, check: StageCheck): Promise<Look> {
  const live = await liveObjects(lab.outputs);
  if (live === undefined) throw new Error("the cluster did not answer");
  const wanted = new Set(check.objects);
  const missing = check.objects.filter((key) => !live.has(key)).map((key) => `missing: ${key}`);
  const surplus = [...live].filter((key) => !wanted.has(key)).map((key) => `left over: ${key}`);
  const faults = [...missing, ...surplus];
  if (faults.length === 0) return { passed: true, observed: `${live.size} objects` };
  return { passed: false, observed: brief(faults.join("; ")), reason: faults.join("; ") };
}
