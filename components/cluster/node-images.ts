import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import type { Supply } from "../supply.ts";
import type { ImageRole } from "../versions.ts";
import type { Cluster } from "./cluster.ts";

/** Arguments of {@link NodeImages}. */
export interface NodeImagesArgs {
  readonly supply: Pick<Supply, "kind" | "images" | "rolesInNode">;
  readonly cluster: Pick<Cluster, "nodeContainer" | "ready">;
  /** Roles whose images pods of the step run. */
  readonly roles: readonly ImageRole[];
}

/**
 * Images that are built on this machine, in the kind node before a pod asks for them: whoever starts pods depends on it.
 * The missing ones are built first. Where a registry has the images, and for those that every node is made with, there is
 * nothing to do.
 */
export class NodeImages extends pulumi.ComponentResource {
  constructor(name: string, args: NodeImagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:cluster:NodeImages", name, {}, opts);
    const { cluster } = args;
    const pairs = imagesToLoad(args);
    if (cluster.nodeContainer !== undefined && pairs.length > 0) {
      const load = "node hack/images/load.ts";
      new command.local.Command(
        `${name}-load`,
        {
          create: load,
          // Another scenario's images: what is in the node stays there.
          update: load,
          environment: { NODE: cluster.nodeContainer, IMAGES: pairs.join(" ") },
          triggers: [cluster.ready],
          logging: "stderr",
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

/** `role=image` for the images that this machine has to put into the node, each once. */
export function imagesToLoad({
  supply,
  roles,
}: Pick<NodeImagesArgs, "supply" | "roles">): string[] {
  if (supply.kind === "official") return [];
  const wanted = [...new Set(roles)].filter((role) => !supply.rolesInNode.includes(role));
  return wanted.map((role) => `${role}=${supply.images[role]}`).sort();
}
