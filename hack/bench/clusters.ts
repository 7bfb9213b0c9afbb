import { execa } from "execa";
import { inspectContainers } from "../../components/cluster/docker-probe.ts";
import { ownerMount } from "../../components/cluster/kind-config.ts";
import type { Container } from "../../components/cluster/machine.ts";
import { UserError } from "../toolchain/phase.ts";

/** What is to be done about a container of a name that the benchmark uses. */
export type Verdict = "absent" | "ours" | "foreign";

/**
 * Whose cluster a node belongs to.
 * @param folder the benchmark's work folder: a cluster of its own carries a mount of a folder below it
 */
export function whose(node: Container | undefined, folder: string): Verdict {
  if (node === undefined) return "absent";
  const mount = node.mounts.find(({ destination }) => destination === ownerMount);
  return mount?.source.includes(`${folder}/`) ? "ours" : "foreign";
}

/**
 * Removes the benchmark's own clusters, whole or half-made.
 * @returns names of those there were
 * @throws UserError when one of the name is somebody else's; it is left alone
 */
export async function removeClusters(
  names: readonly string[],
  folder: string,
): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const name of names) {
    const container = `${name}-control-plane`;
    const [node] = await inspectContainers([container]);
    const verdict = whose(node, folder);
    if (verdict === "absent") continue;
    if (verdict === "foreign") {
      throw new UserError(
        `a kind cluster "${name}" is there that the benchmark did not make; it needs that name: ` +
          `remove the cluster (kind delete cluster --name ${name}) and run this again`,
      );
    }
    await execa("docker", ["rm", "--force", "--volumes", container]);
    removed.push(name);
  }
  return removed;
}

const network = ["network", "inspect", "kind", "--format"];

/**
 * Makes kind's network where there is none, as the lab does: then neither side has to, and the lab's label lets it go
 * with the last lab.
 */
export async function ensureNetwork(): Promise<void> {
  const found = await execa("docker", [...network, "{{.Id}}"], { reject: false });
  if (found.exitCode === 0) return;
  const masquerade = "com.docker.network.bridge.enable_ip_masquerade=true";
  await execa("docker", [
    ...["network", "create", "--label", "istio-lab=made", "--opt", masquerade, "kind"],
  ]);
}

/** Removes kind's network where a lab made it and nothing is on it. */
export async function removeNetwork(): Promise<void> {
  const format = '{{index .Labels "istio-lab"}}/{{len .Containers}}';
  const found = await execa("docker", [...network, format], { reject: false });
  if (found.stdout === "made/0")
    await execa("docker", ["network", "rm", "kind"], { reject: false });
}
