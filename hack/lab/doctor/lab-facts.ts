import { delimiter, join } from "node:path";
import { execa } from "execa";
import { askCluster, usualSeconds } from "../../../components/cluster/ask-cluster.ts";
import type { ClusterAnswer } from "../../../components/cluster/ask-cluster.ts";
import { answerSeconds } from "../../../components/cluster/node-starts.ts";
import { kubeconfigFile } from "../../../components/cluster/one-context.ts";
import type { Place } from "../../../components/cluster/existing-namespaces.ts";
import { clusterState } from "../../../components/cluster/preflight.ts";
import { probeMachine } from "../../../components/cluster/probe-machine.ts";
import { defaultClusterName } from "../../../components/config-rules.ts";
import type { SupplyKind } from "../../toolchain/choose-supply.ts";
import { findTool } from "../../toolchain/find-tool.ts";
import { officialTools } from "../../toolchain/official-tools.ts";
import { labDir } from "../../toolchain/paths.ts";
import { currentPlatform } from "../../toolchain/platform.ts";
import { binDirectories } from "../../toolchain/toolchain.ts";
import type { StackFacts } from "../stack.ts";
import type { LabFacts, ToolFacts } from "./decide-lab.ts";

/** Looks at this machine with the eyes of the program. */
export async function labFacts(stack: StackFacts): Promise<LabFacts> {
  const { listenAddress, nodes, ports } = stack;
  const needs = { ...ports, listenAddress, nodes, clusterName: clusterNameOf(stack) };
  return {
    needs,
    machine: await probeMachine(needs),
    ownerFolder: join(labDir, stack.stack, "node"),
  };
}

/** Name of the stack's kind cluster. */
export function clusterNameOf({ clusterName, stack }: StackFacts): string {
  return clusterName ?? defaultClusterName(stack);
}

/** Whether the stack's cluster is there, is its own and runs, be it paused. */
export function clusterRuns({ machine, ownerFolder }: LabFacts): boolean {
  const { status } = clusterState(machine, ownerFolder);
  return status === "ours-running" || status === "ours-paused";
}

/** Whether the stack's own cluster answers; nothing where it does not run. */
export async function ownAnswer(
  { machine, ownerFolder }: LabFacts,
  kubeconfigPath: string,
): Promise<ClusterAnswer | undefined> {
  if (clusterState(machine, ownerFolder).status !== "ours-running") return undefined;
  return askCluster({ kubeconfigPath }, AbortSignal.timeout(answerSeconds(machine) * 1000));
}

/** Whether the user's cluster, with which the stack is configured, answers, and how it is reached. */
export async function existingAnswer(
  stack: StackFacts,
): Promise<{ readonly answer: ClusterAnswer; readonly place: Place }> {
  const place = {
    kubeconfigPath: kubeconfigFile(stack.kubeconfig, process.env),
    kubeContext: stack.kubeContext ?? "",
    stack: stack.stack,
  };
  const answer = await askCluster(place, AbortSignal.timeout(usualSeconds * 1000));
  return { answer, place };
}

/** The node's clock minus this machine's in milliseconds, or undefined when no node runs. */
export async function clockSkew(cluster: string): Promise<number | undefined> {
  const before = Date.now();
  const result = await execa("docker", ["exec", `${cluster}-control-plane`, "date", "+%s%3N"], {
    reject: false,
    timeout: 10_000,
  });
  if (result.exitCode !== 0) return undefined;
  // The node looked at its clock somewhere between; half the trip is the best guess.
  return Number(result.stdout) - (before + Date.now()) / 2;
}

/** The tools the lab would use: its own first, then what is on PATH. */
export async function toolFacts(supply: SupplyKind): Promise<readonly ToolFacts[]> {
  const searchPath = [...(await binDirectories(supply)), process.env["PATH"] ?? ""].join(delimiter);
  return Promise.all(
    officialTools(currentPlatform()).map(async (tool) => {
      const found = await findTool(tool, searchPath);
      return { name: tool.name, wanted: tool.version, ...(found ? { found: found.version } : {}) };
    }),
  );
}
