import { setTimeout as sleep } from "node:timers/promises";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { UserError } from "../toolchain/phase.ts";
import { brief } from "./brief-text.ts";
import type { LiveLab } from "./callers.ts";
import { clusterApi } from "./cluster-api.ts";
import { lookAt } from "./look-at.ts";
import { opensslCommand } from "./openssl.ts";
import { poll } from "./poll.ts";
import type { Clock, Look } from "./poll.ts";
import { runProcess } from "./run-process.ts";
import type { ProofWorld } from "./run-proof.ts";
import { stimulate } from "./stimuli.ts";

const reachSeconds = 5;

const realClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
};

type World = Pick<ProofWorld, "clock" | "look" | "stimulate">;

/**
 * Makes sure that the lab's cluster answers, so that a lab that is down is one message and not a table of faults.
 * @throws UserError when it does not within a few seconds
 */
export async function reach(outputs: LabOutputs): Promise<void> {
  const cluster = clusterApi(outputs);
  const answers = async (): Promise<Look> => {
    const ran = await cluster.kubectl(["get", "--raw", "/readyz", "--request-timeout", "5s"]);
    return { passed: ran.exitCode === 0, observed: ran.stdout, reason: ran.stderr };
  };
  const rules = { deadlineSeconds: reachSeconds, passes: 1, holdSeconds: 0 };
  const { passed, reason } = await poll(answers, rules, realClock).catch((error: unknown) => ({
    passed: false,
    reason: (error as Error).message,
  }));
  if (!passed)
    throw new UserError(
      `the cluster ${outputs.kubeContext} does not answer: ${brief(reason ?? "", 200)}\n` +
        "is it running? `npm run up` starts or rebuilds it, `npm run doctor` says what is missing",
    );
}

/** The lab that the outputs describe. */
export function liveWorld(outputs: LabOutputs): World {
  const lab: LiveLab = {
    outputs,
    cluster: clusterApi(outputs),
    openssl: opensslCommand(runProcess),
    run: runProcess,
  };
  return {
    clock: realClock,
    look: (row, since) => lookAt(lab, row, since),
    stimulate: (stimulus) => stimulate(lab, stimulus, realClock),
  };
}
