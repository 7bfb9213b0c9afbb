import { delimiter, join } from "node:path";
import { execa } from "execa";
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
  const { listenAddress, ports } = stack;
  const needs = { ...ports, listenAddress, clusterName: clusterNameOf(stack) };
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

/** Whether the stack's cluster is there, is its own and runs. */
export function clusterRuns({ machine, ownerFolder }: LabFacts): boolean {
  return clusterState(machine.node, ownerFolder).status === "ours-running";
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
