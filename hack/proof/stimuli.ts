import type { Stimulus } from "../../components/scenarios/expectation.ts";
import { brief } from "./brief-text.ts";
import { callHttp } from "./callers.ts";
import type { LiveLab } from "./callers.ts";
import { runInPod } from "./checks/exec.ts";
import { lookAtMetric } from "./checks/metric.ts";
import { isReady } from "./cluster-api.ts";
import type { Pod } from "./cluster-api.ts";
import { poll } from "./poll.ts";
import type { Clock, Look } from "./poll.ts";

type DeletePod = Extract<Stimulus, { readonly do: "delete-pod" }>;
type Call = Extract<Stimulus, { readonly do: "call" }>;

const newPodSeconds = 120;
const callerSeconds = 60;
const metricSeconds = 30;

/** Waits until something has been seen to work once; throws the last fault. */
async function eventually(
  deadlineSeconds: number,
  clock: Clock,
  attempt: () => Promise<Look>,
): Promise<void> {
  const look = (): Promise<Look> =>
    attempt().catch((error: unknown): Look => ({
      passed: false,
      observed: "",
      reason: (error as Error).message,
    }));
  const { passed, reason } = await poll(
    look,
    { deadlineSeconds, passes: 1, holdSeconds: 0 },
    clock,
  );
  if (!passed) throw new Error(reason);
}

async function deletePod(
  lab: LiveLab,
  { name, namespace = "default" }: DeletePod,
  clock: Clock,
): Promise<void> {
  const where = ["pod", name, "--namespace", namespace];
  const before = (await lab.cluster.get(where)) as Pod;
  const { exitCode, stderr } = await lab.cluster.kubectl(["delete", ...where, "--wait=false"]);
  if (exitCode !== 0) throw new Error(brief(stderr, 200));
  await eventually(newPodSeconds, clock, async () => {
    const now = (await lab.cluster.get(where)) as Pod;
    const passed = now.metadata.uid !== before.metadata.uid && isReady(now);
    return {
      passed,
      observed: "",
      reason: `there was no new Ready pod ${name} within ${newPodSeconds} seconds`,
    };
  });
}

async function call(lab: LiveLab, { request, times }: Call, clock: Clock): Promise<void> {
  await eventually(callerSeconds, clock, async () => {
    try {
      await callHttp(lab, request, times);
      return { passed: true, observed: "" };
    } catch (error) {
      lab.cluster.forget();
      throw error;
    }
  });
}

/**
 * Does one thing to the lab, to its end.
 * @throws Error when it can't be done
 */
export async function stimulate(lab: LiveLab, stimulus: Stimulus, clock: Clock): Promise<void> {
  if (stimulus.do === "call") return call(lab, stimulus, clock);
  if (stimulus.do === "await-metric") {
    return eventually(metricSeconds, clock, () => lookAtMetric(lab, stimulus.check));
  }
  if (stimulus.do === "exec") {
    await runInPod(lab, stimulus.in, stimulus.command);
    return;
  }
  await deletePod(lab, stimulus, clock);
  lab.cluster.forget();
}
