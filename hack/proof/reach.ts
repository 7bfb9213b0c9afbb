import { answerFaults, pausedFault } from "../../components/cluster/answer-faults.ts";
import { askCluster, usualSeconds } from "../../components/cluster/ask-cluster.ts";
import type { ClusterAnswer } from "../../components/cluster/ask-cluster.ts";
import { inspectContainers } from "../../components/cluster/docker-probe.ts";
import { unansweredFault } from "../../components/cluster/existing-namespaces.ts";
import type { Container } from "../../components/cluster/machine.ts";
import type { Fault } from "../../components/faults.ts";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { UserError } from "../toolchain/phase.ts";

type Place = Pick<LabOutputs, "kubeconfigPath" | "kubeContext" | "nodeContainer">;

/**
 * Makes sure that the lab's cluster answers, so that a lab that is down is one message and not a table of faults.
 * @throws UserError when it does not within ten seconds, at once where its node stands still
 */
export async function reach(lab: Place): Promise<void> {
  const enough = new AbortController();
  const limit = AbortSignal.timeout(usualSeconds * 1000);
  const asked = askCluster(lab, AbortSignal.any([enough.signal, limit]));
  const { nodeContainer } = lab;
  const [node] = nodeContainer === undefined ? [] : await inspectContainers([nodeContainer]);
  if (node !== undefined && (node.paused || !node.running)) enough.abort();
  const answer = await asked;
  const faults = answer.status === "ready" ? [] : reachFaults(lab, node, answer);
  if (faults.length === 0) return;
  throw new UserError(faults.map(({ problem, fix }) => `${problem}\n  do: ${fix}`).join("\n"));
}

/**
 * Why a lab's cluster did not answer, and what to do.
 * @param node its container, where there is one
 */
export function reachFaults(
  { kubeconfigPath, kubeContext, nodeContainer }: Place,
  node: Container | undefined,
  answer: Exclude<ClusterAnswer, { status: "ready" }>,
): readonly Fault[] {
  if (nodeContainer === undefined) {
    // Whose stack it is, is not asked here.
    return [unansweredFault(answer, { kubeconfigPath, kubeContext, stack: "" })];
  }
  if (node?.paused) return [pausedFault([nodeContainer])];
  if (answer.status !== "no-kubectl" && !node?.running) {
    const how = node === undefined ? "gone" : "stopped";
    return [
      {
        problem: `cluster: node ${nodeContainer} is ${how}`,
        fix: "npm run up makes a new cluster",
      },
    ];
  }
  const cluster = kubeContext.replace(/^kind-/, "");
  return answerFaults(answer, { cluster, node: nodeContainer, kubeconfigPath });
}
