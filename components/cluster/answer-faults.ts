import type { Fault } from "../faults.ts";
import type { ClusterAnswer } from "./ask-cluster.ts";

/** A kind cluster as the faults of its answer tell it. */
export interface KindPlace {
  /** Name of the kind cluster. */
  readonly cluster: string;
  /** Container of its control plane node. */
  readonly node: string;
  readonly kubeconfigPath: string;
}

/** The fault of nodes that are paused: everything on them stands still, and whoever asks waits. */
export function pausedFault(nodes: readonly string[]): Fault {
  const [subject, are] = nodes.length === 1 ? ["node", "is"] : ["nodes", "are"];
  return {
    problem: `cluster: ${subject} ${nodes.join(", ")} ${are} paused, so what runs there does not answer`,
    fix: `docker unpause ${nodes.join(" ")}, then this again`,
  };
}

/** What the answer of a kind cluster, whose nodes all run, says against going on: a lab that can't be reached can't be moved. */
export function answerFaults(answer: ClusterAnswer, place: KindPlace): readonly Fault[] {
  const { cluster, node, kubeconfigPath } = place;
  const anew = `docker rm --force --volumes ${node}, then npm run up makes a new cluster`;
  switch (answer.status) {
    case "ready":
      return [];
    case "no-kubectl":
      return [noKubectlFault];
    case "no-kubeconfig":
      return [
        {
          problem: `cluster: the kubeconfig of ${cluster} can't be used (${answer.detail})`,
          fix: `kind export kubeconfig --name ${cluster} --kubeconfig ${kubeconfigPath}, then this again`,
        },
      ];
    case "refused":
      return [
        {
          problem: `cluster: ${cluster} does not take the lab's credentials (${answer.detail})`,
          fix: anew,
        },
      ];
    case "silent":
      return [
        {
          problem: `cluster: node ${node} runs, but ${cluster} does not answer (${answer.detail})`,
          fix: `wait where the machine is busy, or docker restart ${node}, then this again; where that does not help: ${anew}`,
        },
      ];
  }
}

/** The fault of a machine on which no cluster can be asked. */
export const noKubectlFault: Fault = {
  problem:
    "kubectl: there is no such command on PATH, so the cluster can't be asked what it has already",
  fix: 'eval "$(npm run -s env)" puts the lab\'s own on PATH',
};
