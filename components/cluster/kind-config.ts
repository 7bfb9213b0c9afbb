import { stringify } from "yaml";

/** A port of this machine that leads into the kind node. */
export interface PortMapping {
  readonly hostPort: number;
  /** Port on the node: a Service's nodePort. */
  readonly nodePort: number;
}

/** What the kind configuration file depends on. */
export interface KindConfigArgs {
  /** One control plane and `nodes - 1` workers. */
  readonly nodes: number;
  readonly ports: readonly PortMapping[];
  /** Address the mapped ports and the API server listen on. */
  readonly listenAddress: string;
  /** Folder of this stack; mounted in every node, it marks the cluster as ours. */
  readonly ownerFolder: string;
  readonly containerdConfigPatches: readonly string[];
  /** Files of this machine that every node sees, read-only. @default none */
  readonly mounts?: readonly { readonly hostPath: string; readonly containerPath: string }[];
}

/** Where the owner folder is mounted in the node: `docker inspect` shows whose cluster it is. */
export const ownerMount = "/etc/istio-lab";

/**
 * True for the source of an owner mount that is this stack's.
 * @param source as `docker inspect` shows it
 * @param ownerFolder `<checkout>/.lab/<stack>/node`, absolute
 */
export function isOwnFolder(source: string, ownerFolder: string): boolean {
  // Docker Desktop shows the source below a prefix of its virtual machine: /host_mnt/Users/…
  return source === ownerFolder || source === `/host_mnt${ownerFolder}`;
}

/**
 * The kind configuration as YAML. Ports are mapped on one node only, so that no two nodes ask for the same port.
 * @see https://kind.sigs.k8s.io/docs/user/configuration/
 */
export function kindConfig(args: KindConfigArgs): string {
  const extraMounts = [
    { hostPath: args.ownerFolder, containerPath: ownerMount },
    ...(args.mounts ?? []),
  ].map((mount) => ({ ...mount, readOnly: true }));
  const controlPlane = {
    role: "control-plane",
    extraMounts,
    extraPortMappings: args.ports.map(({ hostPort, nodePort }) => ({
      containerPort: nodePort,
      hostPort,
      listenAddress: args.listenAddress,
      protocol: "TCP",
    })),
  };
  const workers = Array.from({ length: args.nodes - 1 }, () => ({
    role: "worker",
    extraMounts,
  }));
  const cluster = {
    kind: "Cluster",
    apiVersion: "kind.x-k8s.io/v1alpha4",
    // The API server stays on the loopback address whatever the gateway listens on.
    networking: { apiServerAddress: "127.0.0.1" },
    ...(args.containerdConfigPatches.length > 0
      ? { containerdConfigPatches: [...args.containerdConfigPatches] }
      : {}),
    nodes: [controlPlane, ...workers],
  };
  // kind's parser takes no YAML aliases for the shared mounts.
  return stringify(cluster, { aliasDuplicateObjects: false });
}
