import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as command from "@pulumi/command";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./cluster.ts";
import type { SeveralNodes } from "../supply.ts";
import { kindConfig, type PortMapping } from "./kind-config.ts";

/** Arguments of {@link KindCluster}. */
export interface KindClusterArgs {
  /** Name of the kind cluster; its context is `kind-<name>`. */
  readonly clusterName: string;
  /** Node image, such as `kindest/node:v1.34.11@sha256:…`. */
  readonly nodeImage: string;
  /** Folder of this stack: kubeconfig, cluster marker. Absolute. */
  readonly stackFolder: string;
  /** Raised when the cluster that state knows is gone: makes a new one. */
  readonly generation: number;
  /** @default 1 */
  readonly nodes?: number;
  readonly ports: readonly PortMapping[];
  /** @default "127.0.0.1" */
  readonly listenAddress?: string;
  /** @default none */
  readonly containerdConfigPatches?: readonly string[];
  /** What several nodes need beyond kind. @default nothing */
  readonly severalNodes?: SeveralNodes;
}

/**
 * A kind cluster and the provider that leads to it. Replaced when its kind configuration, node image or
 * generation changes: ports and nodes are fixed at creation. The user's own kubeconfig is never touched.
 * @see https://kind.sigs.k8s.io/docs/user/quick-start/
 */
export class KindCluster extends pulumi.ComponentResource implements Cluster {
  readonly provider: kubernetes.Provider;
  readonly deletedWith: pulumi.Resource;
  readonly kubeconfigPath: string;
  readonly kubeContext: string;
  readonly nodeContainer: string;
  readonly ready: pulumi.Output<string>;

  constructor(name: string, args: KindClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:cluster:KindCluster", name, {}, opts);
    const ownerFolder = join(args.stackFolder, "node");
    this.kubeconfigPath = join(args.stackFolder, "kubeconfig");
    this.kubeContext = `kind-${args.clusterName}`;
    this.nodeContainer = `${args.clusterName}-control-plane`;

    const { nodes = 1, containerdConfigPatches = [] } = args;
    const joined = nodes > 1 ? args.severalNodes : undefined;
    const config = kindConfig({
      nodes,
      ports: args.ports,
      listenAddress: args.listenAddress ?? "127.0.0.1",
      ownerFolder,
      containerdConfigPatches: [
        ...containerdConfigPatches,
        ...(joined?.containerdConfigPatches ?? []),
      ],
      mounts: joined?.mounts ?? [],
    });
    const node = new command.local.Command(
      `${name}-kind`,
      {
        create: "sh components/cluster/create-kind-cluster.sh",
        // Nothing but a replacement makes another cluster.
        update: "printf '%s' \"$PULUMI_COMMAND_STDOUT\"",
        // The whole script goes into the state, so that destroy needs nothing else.
        delete: readFileSync(new URL("delete-kind-cluster.sh", import.meta.url), "utf8"),
        environment: {
          CLUSTER: args.clusterName,
          NODE_IMAGE: args.nodeImage,
          KIND_CONFIG: config,
          KUBECONFIG_FILE: this.kubeconfigPath,
          OWNER_FOLDER: ownerFolder,
          GENERATION: String(args.generation),
          ...(joined ? { CONNECT_SCRIPT: joined.connectScript } : {}),
        },
        triggers: [config, args.nodeImage, args.clusterName, args.generation],
        // kind's progress goes to stderr; stdout is the kubeconfig.
        logging: "stderr",
      },
      // Replaced create first: delete first would take every object in the old cluster down one by one before it,
      // and fail where that cluster is gone. The create script clears the way, the delete script knows its own.
      { parent: this, additionalSecretOutputs: ["stdout"] },
    );
    this.deletedWith = node;

    const made = pulumi.secret(node.stdout).apply(readMade);
    this.provider = new kubernetes.Provider(
      `${name}-kubernetes`,
      {
        kubeconfig: made.kubeconfig,
        // Only a new cluster replaces the provider and with it what was in the old cluster.
        clusterIdentifier: pulumi.unsecret(
          made.containerId.apply((id) => `${args.clusterName}/${id}`),
        ),
        enableServerSideApply: true,
        // A rotated certificate updates its Secret: replaced, it would be gone for a moment.
        enableSecretMutable: true,
        enableConfigMapMutable: true,
        // After a killed `up` objects are there that the state does not know. The cluster is the lab's own, so they are
        // too: the next `up` takes them over.
        upsertExistingObjects: true,
      },
      { parent: this },
    );
    this.ready = pulumi.unsecret(made.containerId);
    this.registerOutputs({});
  }
}

/** What the create script prints. */
function readMade(stdout: string): { containerId: string; kubeconfig: string } {
  const made = JSON.parse(stdout) as { containerId: string; kubeconfig: string };
  return { ...made, kubeconfig: Buffer.from(made.kubeconfig, "base64").toString() };
}
