import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import type { Supply } from "../supply.ts";
import type { ImageRole } from "../versions.ts";
import type { Cluster } from "./cluster.ts";

/** Arguments of {@link NodeImages}. */
export interface NodeImagesArgs {
  readonly supply: Pick<Supply, "kind">;
  readonly cluster: Pick<Cluster, "nodeContainer" | "ready">;
  /** Images that pods are about to run, see {@link imagesOfRoles} and {@link imagesOfMesh}. */
  readonly images: readonly string[];
}

/**
 * Images in the kind node before a pod asks for them: whoever starts pods depends on it. They come by way of the
 * container engine, which has them for the next cluster too, knows the user's logins and mirrors, and shows how far a
 * pull is; what is built on this machine is built first. A cluster of the user's own gets its images itself.
 */
export class NodeImages extends pulumi.ComponentResource {
  constructor(name: string, args: NodeImagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:cluster:NodeImages", name, {}, opts);
    const { cluster, supply } = args;
    const images = [...new Set(args.images)].sort();
    if (cluster.nodeContainer !== undefined && images.length > 0) {
      const load = "node hack/images/load.ts";
      new command.local.Command(
        `${name}-load`,
        {
          create: load,
          // Another scenario's images: what is in the node stays there.
          update: load,
          environment: {
            NODE: cluster.nodeContainer,
            IMAGES: images.join(" "),
            SUPPLY: supply.kind,
          },
          triggers: [cluster.ready],
          logging: "stderr",
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

/** Images of these roles, but for those that every node is made with. */
export function imagesOfRoles(
  { images, rolesInNode }: Pick<Supply, "images" | "rolesInNode">,
  roles: readonly ImageRole[],
): string[] {
  return roles.filter((role) => !rolesInNode.includes(role)).map((role) => images[role]);
}

/** Images of istiod, the proxies and the gateway, and of MetalLB where it is wanted; none that every node is made with. */
export function imagesOfMesh(
  supply: Pick<Supply, "kind" | "images" | "rolesInNode" | "istio">,
  { metallb }: { readonly metallb: boolean },
): string[] {
  const { hub, tag } = supply.istio;
  // Built here, the node image has Istio's inside.
  const istio =
    supply.kind === "official" ? ["pilot", "proxyv2"].map((name) => `${hub}/${name}:${tag}`) : [];
  const roles: readonly ImageRole[] = metallb ? ["metallbController", "metallbSpeaker"] : [];
  return [...istio, ...imagesOfRoles(supply, roles)];
}
