import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { backgroundDeletion } from "../background-deletion.ts";
import type { LabObjects } from "../by-hand/lab-objects.ts";
import type { LabConfig } from "../config.ts";
import type { Supply } from "../supply.ts";
import type { Cluster } from "./cluster.ts";
import { ExistingCluster } from "./existing-cluster.ts";
import { KindCluster } from "./kind-cluster.ts";
import { kubeconfigFile } from "./one-context.ts";

/** Arguments of {@link createCluster}. */
export interface CreateClusterArgs {
  readonly config: LabConfig;
  readonly supply: Supply;
  /** Folder of this stack, absolute. */
  readonly stackFolder: string;
  /** See KindClusterArgs. */
  readonly generation: number;
}

/** The cluster that config asks for: a kind cluster of the lab's own, or one that is there already. */
export function createCluster(name: string, args: CreateClusterArgs): Cluster {
  const { config, supply } = args;
  if (config.cluster === "existing") {
    const path = kubeconfigFile(config.kubeconfig, process.env);
    return new ExistingCluster(name, {
      kubeconfigPath: path,
      kubeconfig: readFileSync(path, "utf8"),
      kubeContext: config.kubeContext ?? "",
    });
  }
  return new KindCluster(name, {
    clusterName: config.clusterName,
    nodeImage: supply.nodeImage,
    stackFolder: args.stackFolder,
    generation: args.generation,
    nodes: config.nodes,
    listenAddress: config.listenAddress,
    // All ports that any step needs are there from the start: kind fixes them at creation.
    ports: [
      { hostPort: config.httpPort, nodePort: config.httpNodePort },
      { hostPort: config.httpsPort, nodePort: config.httpsNodePort },
      { hostPort: config.statusPort, nodePort: config.statusNodePort },
    ],
    containerdConfigPatches: supply.containerdConfigPatches,
    ...(supply.severalNodes ? { severalNodes: supply.severalNodes } : {}),
  });
}

/**
 * Options for everything in the cluster.
 * @param objects what keeps account of it
 */
export function inCluster(
  cluster: Cluster,
  objects: Pick<LabObjects, "transformation"> = { transformation: backgroundDeletion },
): pulumi.ComponentResourceOptions {
  return {
    provider: cluster.provider,
    transformations: [objects.transformation],
    ...(cluster.deletedWith ? { deletedWith: cluster.deletedWith } : {}),
  };
}
