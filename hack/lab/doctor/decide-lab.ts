import { answerFaults, pausedFault } from "../../../components/cluster/answer-faults.ts";
import type { ClusterAnswer } from "../../../components/cluster/ask-cluster.ts";
import type { Machine } from "../../../components/cluster/machine.ts";
import {
  engineFaults,
  clusterState,
  machineFaults,
} from "../../../components/cluster/preflight.ts";
import type { MachineNeeds } from "../../../components/cluster/preflight.ts";
import { unansweredFault, type Place } from "../../../components/cluster/existing-namespaces.ts";
import type { Fault } from "../../../components/faults.ts";
import type { EngineDecision } from "../../engine/decide.ts";
import { blocker, ok, warn } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** This machine as the program itself looks at it before it registers anything. */
export interface LabFacts {
  readonly needs: MachineNeeds & { readonly clusterName: string };
  readonly machine: Machine;
  /** The stack's own folder, by which its cluster is known. */
  readonly ownerFolder: string;
}

/**
 * Whether an engine answers, or `npm run up` will see to it that one does.
 * @param decision what set-up would do about the engine
 */
export function engineVerdict({ machine }: LabFacts, decision: EngineDecision): Verdict {
  const [fault] = engineFaults(machine.engine);
  const { status } = machine.engine;
  if (decision.do === "fail") return blocker(fault?.problem ?? "answers", decision.message);
  if (!fault) return ok("answers");
  if (decision.do === "nothing" || (status !== "missing" && status !== "stopped")) {
    return refused([fault]);
  }
  const does = decision.do === "start" ? "starts it" : "installs and starts one";
  return warn(fault.problem, `npm run up ${does}`);
}

/** Whether nobody but the stack's own cluster holds the host ports it needs. */
export function portsVerdict({ needs, machine, ownerFolder }: LabFacts): Verdict {
  // Without a name nothing is said about the cluster, and the engine has a check of its own.
  const faults = machineFaults({ ...needs, clusterName: undefined }, machine, ownerFolder).slice(
    engineFaults(machine.engine).length,
  );
  if (faults.length > 0) return refused(faults);
  const ports = [...machine.ports.keys()].join(", ");
  const own = [...machine.ports.values()].some(({ status }) => status === "taken");
  return ok(`${ports} ${own ? "held by the lab" : "free"}`);
}

/**
 * Whose the kind cluster of the configured name is, whether it is whole, and whether it answers.
 * @param kubeconfigPath the stack's kubeconfig, where it is there
 * @param answer of the cluster, where it was asked
 */
export function clusterVerdict(
  { needs, machine, ownerFolder }: LabFacts,
  kubeconfigPath: string | undefined,
  answer: ClusterAnswer = { status: "ready" },
): Verdict {
  const name = needs.clusterName;
  const kubeconfig = kubeconfigPath !== undefined;
  const state = clusterState(machine, ownerFolder);
  switch (state.status) {
    case "foreign":
      return refused(machineFaults({ clusterName: name }, ready(machine), ownerFolder));
    case "absent":
      return kubeconfig
        ? warn(
            `${name} is gone, its kubeconfig is left`,
            "npm run up makes it anew, npm run down cleans up",
          )
        : ok(`${name} is not there yet`);
    case "ours-stopped":
      return warn(`${name} is stopped`, "npm run up repairs it");
    case "ours-paused":
      return refused([pausedFault(state.paused)]);
    case "ours-running": {
      if (!kubeconfig) return warn(`${name} is half made`, "npm run up finishes it");
      const faults = answerFaults(answer, {
        cluster: name,
        node: `${name}-control-plane`,
        kubeconfigPath,
      });
      return faults.length > 0 ? refused(faults) : ok(`${name} runs and answers`);
    }
  }
}

/** Whether a cluster of the user's own answers. */
export function existingVerdict(answer: ClusterAnswer, place: Place): Verdict {
  return answer.status === "ready"
    ? ok(`the cluster of ${place.kubeContext} answers`)
    : refused([unansweredFault(answer, place)]);
}

function ready(machine: Machine): Machine {
  return { ...machine, engine: { status: "ready" } };
}

/** A blocker that says all of the program's faults at once. */
export function refused(faults: readonly Fault[]): Verdict {
  return blocker(
    faults.map(({ problem }) => problem).join("; "),
    faults.map(({ fix }) => fix).join("; "),
  );
}

/**
 * Whether the node's clock is within two seconds of this machine's.
 * @param skewMs the node's clock minus this machine's, or undefined when no node runs
 */
export function clockVerdict(skewMs: number | undefined): Verdict {
  if (skewMs === undefined) return ok("no node runs");
  const found = `node ${(Math.abs(skewMs) / 1000).toFixed(1)} s ${skewMs < 0 ? "behind" : "ahead"}`;
  if (Math.abs(skewMs) <= 2000) return ok(found);
  return warn(
    found,
    "certificates and metrics go wrong: set this machine's clock, then restart the container engine",
  );
}

/** A tool as it is found on the lab's search path. */
export interface ToolFacts {
  readonly name: string;
  readonly wanted: string;
  /** undefined when there is none that will do. */
  readonly found?: string;
}

/** Which tools are there; missing ones are a warning only, since set-up gets them. */
export function toolsVerdict(tools: readonly ToolFacts[]): Verdict {
  const missing = tools.filter(({ found }) => found === undefined);
  const has = tools.flatMap(({ name, found }) => (found === undefined ? [] : `${name} ${found}`));
  if (missing.length === 0) return ok(has.join(", "));
  return warn(
    `not there: ${missing.map(({ name, wanted }) => `${name} ${wanted}`).join(", ")}`,
    "npm run setup gets them",
  );
}
