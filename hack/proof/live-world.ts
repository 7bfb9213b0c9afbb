import { setTimeout as sleep } from "node:timers/promises";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import type { LiveLab } from "./callers.ts";
import { clusterApi } from "./cluster-api.ts";
import { lookAt } from "./look-at.ts";
import { opensslCommand } from "./openssl.ts";
import type { Clock } from "./poll.ts";
import { runProcess } from "./run-process.ts";
import type { ProofWorld } from "./run-proof.ts";
import { stimulate } from "./stimuli.ts";

const realClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
};

type World = Pick<ProofWorld, "clock" | "look" | "stimulate">;

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
