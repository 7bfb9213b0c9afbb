import { execa } from "execa";
import { isOwnFolder, ownerMount } from "../../components/cluster/kind-config.ts";

async function docker(...args: string[]): Promise<string> {
  const { stdout } = await execa("docker", args, { reject: false });
  return stdout.trim();
}

/**
 * Removes kind nodes that are this stack's and that Pulumi's state knows nothing of, and what held their network: a kill
 * while kind made the cluster leaves such. Does nothing where no engine answers.
 * @param ownerFolder `<checkout>/.lab/<stack>/node`, as the nodes mount it
 */
export async function removeOwnNodes(ownerFolder: string): Promise<void> {
  const mounted = `{{range .Mounts}}{{if eq .Destination "${ownerMount}"}}{{.Source}}{{end}}{{end}}`;
  const all = await docker("ps", "--all", "--quiet", "--filter", "label=io.x-k8s.kind.cluster");
  for (const node of all.split("\n").filter(Boolean)) {
    const source = await docker("inspect", "--format", mounted, node);
    if (isOwnFolder(source, ownerFolder)) {
      await docker("rm", "--force", "--volumes", node);
    }
  }
  const holding = `label=istio-lab/holds-network-for=${ownerFolder}`;
  const holders = await docker("ps", "--all", "--quiet", "--filter", holding);
  for (const holder of holders.split("\n").filter(Boolean)) {
    await docker("rm", "--force", "--volumes", holder);
  }
  const label = await docker(
    "network",
    "inspect",
    "--format",
    '{{index .Labels "istio-lab"}}',
    "kind",
  );
  const users = await docker("ps", "--all", "--quiet", "--filter", "network=kind");
  if (label === "made" && users === "") await docker("network", "rm", "kind");
}
