import type { LabConfig } from "../config.ts";
import type { Fault } from "../faults.ts";
import { isOwnFolder, ownerMount } from "./kind-config.ts";
import type { ClusterState, Container, EngineState, Machine, PortState } from "./machine.ts";

/** Keys that name a port of this machine. */
export const portKeys = ["httpPort", "httpsPort", "statusPort"] as const;

/** The settings that say what a kind cluster takes of this machine; absent where they had faults of their own. */
export type MachineNeeds = Partial<
  Pick<LabConfig, "clusterName" | "nodes" | "listenAddress" | (typeof portKeys)[number]>
>;

/**
 * Whose cluster the containers belong to: ours carry a mount of this stack's own folder. It is stopped where one of its
 * nodes is, or is gone, and else paused where one of them is.
 * @param ownerFolder `<checkout>/.lab/<stack>/node`, absolute
 */
export function clusterState(
  { node, workers }: Pick<Machine, "node" | "workers">,
  ownerFolder: string,
): ClusterState {
  if (node === undefined) return { status: "absent" };
  const containerId = node.id;
  if (!isOurs(node, ownerFolder)) return { status: "foreign", containerId };
  const nodes = [node, ...workers];
  if (nodes.some((one) => !one?.running)) return { status: "ours-stopped", containerId };
  const paused = nodes.flatMap((one) => (one?.paused ? [one.name] : []));
  return paused.length > 0
    ? { status: "ours-paused", containerId, paused }
    : { status: "ours-running", containerId };
}

function isOurs(container: Container, ownerFolder: string): boolean {
  return container.mounts.some(
    ({ source, destination }) => destination === ownerMount && isOwnFolder(source, ownerFolder),
  );
}

/** Everything on this machine that would make the cluster fail. */
export function machineFaults(
  needs: MachineNeeds,
  machine: Machine,
  ownerFolder: string,
): readonly Fault[] {
  return [
    ...engineFaults(machine.engine),
    ...nameFaults(needs, clusterState(machine, ownerFolder)),
    ...portFaults(needs, machine, ownerFolder),
  ];
}

/** One fault when no engine answers. */
export function engineFaults(engine: EngineState): readonly Fault[] {
  switch (engine.status) {
    case "ready":
      return [];
    case "missing":
      return [
        {
          problem: "container engine: there is no `docker` command on PATH",
          fix: "npm run up (installs it on Debian and Ubuntu as root), or https://docs.docker.com/engine/install/",
        },
      ];
    case "stopped":
      return [
        {
          problem: `container engine: docker is installed, but its engine is stopped (${engine.detail})`,
          fix: "npm run up, or start it: systemctl start docker, or open Docker Desktop",
        },
      ];
    case "denied":
      return [
        {
          problem: "container engine: this user may not use docker (permission denied)",
          fix: "sudo usermod -aG docker $USER, then log out and in again",
        },
      ];
    case "silent":
      return [
        {
          problem: `container engine: docker gives no usable answer (${engine.detail})`,
          fix: "docker version shows what it says; restart the engine: systemctl restart docker",
        },
      ];
  }
}

function nameFaults({ clusterName }: MachineNeeds, state: ClusterState): readonly Fault[] {
  if (state.status !== "foreign" || clusterName === undefined) return [];
  return [
    {
      problem: `clusterName: a kind cluster "${clusterName}" is there that this stack did not make; it is left alone`,
      accepted: "a name that no other kind cluster has (kind get clusters lists them)",
      fix: `pulumi config set istio-lab:clusterName ${clusterName}-2`,
    },
  ];
}

function portFaults(needs: MachineNeeds, machine: Machine, ownerFolder: string): readonly Fault[] {
  // Without the engine's word a port of our own cluster looks like anybody's.
  if (machine.engine.status === "denied" || machine.engine.status === "silent") return [];
  const { listenAddress = "127.0.0.1" } = needs;
  const states = portKeys.flatMap((key) => {
    const port = needs[key];
    const state = port === undefined ? undefined : machine.ports.get(port);
    return port === undefined || state === undefined ? [] : [{ key, port, state }];
  });
  if (states.some(({ state }) => state.status === "no-such-address")) {
    return [
      {
        problem: `listenAddress: given "${listenAddress}", which is not an address of this machine`,
        accepted: "127.0.0.1, 0.0.0.0, or an address that `ip address` lists",
        fix: "pulumi config set istio-lab:listenAddress 127.0.0.1",
      },
    ];
  }
  return states.flatMap(({ key, port, state }) => {
    const holder = holderOf(state, ownerFolder);
    if (holder === undefined) return [];
    return [
      {
        problem: `${key}: port ${port} on ${listenAddress} is taken by ${holder}`,
        accepted: "a port that nothing listens on",
        fix: `pulumi config set istio-lab:${key} ${otherPort(port)}, or stop what holds it`,
      },
    ];
  });
}

/** Who holds the port, in words; nothing when it is free or our own cluster's. */
function holderOf(state: PortState, ownerFolder: string): string | undefined {
  if (state.status !== "taken") return undefined;
  const { container, process } = state;
  if (container === undefined) return process ?? "a process that this user can't see";
  return isOurs(container, ownerFolder) ? undefined : `container ${container.name}`;
}

/** 80 becomes 8080 and 443 becomes 8443; others go 1000 up, or down near the end. */
function otherPort(port: number): number {
  if (port < 1024) return port + 8000;
  return port + 1000 <= 65_535 ? port + 1000 : port - 1000;
}
