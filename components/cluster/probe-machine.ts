import { containersOnPort, inspectContainers, probeEngine } from "./docker-probe.ts";
import type { Container, Machine, PortState } from "./machine.ts";
import { listeningProcess, somethingListens, tryBind } from "./port-probe.ts";
import { portKeys, type MachineNeeds } from "./preflight.ts";

/**
 * Looks at this machine: engine, the cluster's container and the ports at the same time. It takes as long as one
 * `docker` call, and one more where a port is taken, to find by whom.
 */
export async function probeMachine(needs: MachineNeeds): Promise<Machine> {
  const ports = [...new Set(portKeys.flatMap((key) => needs[key] ?? []))];
  const address = needs.listenAddress ?? "127.0.0.1";
  const [controlPlane = "", ...others] = nodeNames(needs);
  const [engine, nodes, states] = await Promise.all([
    probeEngine(),
    inspectContainers([controlPlane, ...others].filter(Boolean)),
    Promise.all(ports.map((port) => isTaken(address, port))),
  ]);
  const named = (wanted: string): Container | undefined =>
    nodes.find(({ name }) => name === wanted);
  const node = named(controlPlane);
  const known = await Promise.all(
    ports.map(async (port, at): Promise<[number, PortState]> => {
      const status = states[at] ?? "free";
      return [port, status === "taken" ? await holderOf(port, node) : { status }];
    }),
  );
  const workers = others.map(named);
  return { engine, ports: new Map(known), workers, ...(node ? { node } : {}) };
}

/** Containers of the cluster's nodes as kind names them, the control plane first; none without a name. */
function nodeNames({ clusterName, nodes = 1 }: MachineNeeds): readonly string[] {
  if (clusterName === undefined) return [];
  const workers = Array.from(
    { length: nodes - 1 },
    (_, index) => `${clusterName}-worker${index === 0 ? "" : index + 1}`,
  );
  return [`${clusterName}-control-plane`, ...workers];
}

async function isTaken(
  address: string,
  port: number,
): Promise<"free" | "taken" | "no-such-address"> {
  const result = await tryBind(address, port);
  if (result !== "forbidden") return result;
  return (await somethingListens(port)) ? "taken" : "free";
}

async function holderOf(port: number, node: Container | undefined): Promise<PortState> {
  if (node?.running && node.hostPorts.includes(port)) return { status: "taken", container: node };
  const [[container], process] = await Promise.all([
    containersOnPort(port),
    listeningProcess(port),
  ]);
  return {
    status: "taken",
    ...(container ? { container } : {}),
    ...(process === undefined ? {} : { process }),
  };
}
