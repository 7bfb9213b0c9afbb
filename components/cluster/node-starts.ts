import { usualSeconds } from "./ask-cluster.ts";
import type { Machine } from "./machine.ts";

/** Seconds that a node which was started a moment ago has: its API server takes a while to come up. */
const restartSeconds = 60;

type Nodes = Pick<Machine, "node" | "workers">;

function starts({ node, workers }: Nodes): string[] {
  return [node, ...workers].flatMap((one) => one?.startedAt ?? []).sort();
}

/** When the cluster's nodes were started last: another text once one of them was stopped and started. */
export function startsOf(nodes: Nodes): string {
  return starts(nodes).join(" ");
}

/**
 * Seconds that a cluster has to answer.
 * @param now milliseconds since the epoch
 */
export function answerSeconds(nodes: Nodes, now: number = Date.now()): number {
  const age = now - Date.parse(starts(nodes).at(-1) ?? "");
  return age < restartSeconds * 1000 ? restartSeconds : usualSeconds;
}
