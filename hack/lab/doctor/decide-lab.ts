import type { Machine } from "../../../components/cluster/machine.ts";
import {
  engineFaults,
  clusterState,
  machineFaults,
} from "../../../components/cluster/preflight.ts";
import type { MachineNeeds } from "../../../components/cluster/preflight.ts";
import type { Fault } from "../../../components/faults.ts";
import { blocker, ok, warn } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** This machine as the program itself looks at it before it registers anything. */
export interface LabFacts {
  readonly needs: MachineNeeds & { readonly clusterName: string };
  readonly machine: Machine;
  /** The stack's own folder, by which its cluster is known. */
  readonly ownerFolder: string;
}

/** @param canInstall whether set-up may install and start an engine */
export function engineVerdict({ machine }: LabFacts, canInstall: boolean): Verdict {
  const [fault] = engineFaults(machine.engine);
  if (!fault) return ok("answers");
  const { status } = machine.engine;
  if (canInstall && (status === "missing" || status === "stopped")) {
    return warn(fault.problem, "npm run up installs and starts one");
  }
  return refused([fault]);
}

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

/** @param kubeconfig whether the stack's kubeconfig is there */
export function clusterVerdict(
  { needs, machine, ownerFolder }: LabFacts,
  kubeconfig: boolean,
): Verdict {
  const name = needs.clusterName;
  switch (clusterState(machine.node, ownerFolder).status) {
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
    case "ours-running":
      return kubeconfig
        ? ok(`${name} runs`)
        : warn(`${name} is half made`, "npm run up finishes it");
  }
}

function ready(machine: Machine): Machine {
  return { ...machine, engine: { status: "ready" } };
}

function refused(faults: readonly Fault[]): Verdict {
  return blocker(
    faults.map(({ problem }) => problem).join("; "),
    faults.map(({ fix }) => fix).join("; "),
  );
}

/** @param skewMs the node's clock minus this machine's, or undefined when no node runs */
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

export function toolsVerdict(tools: readonly ToolFacts[]): Verdict {
  const missing = tools.filter(({ found }) => found === undefined);
  const has = tools.flatMap(({ name, found }) => (found === undefined ? [] : `${name} ${found}`));
  if (missing.length === 0) return ok(has.join(", "));
  return warn(
    `not there: ${missing.map(({ name, wanted }) => `${name} ${wanted}`).join(", ")}`,
    "npm run setup gets them",
  );
}
