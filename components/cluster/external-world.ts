import * as command from "@pulumi/command";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { externalHosts, externalNamespace, serviceHostOf } from "../external-hosts.ts";
import type { LabConfig } from "../config.ts";
import { stackLabels } from "../stack-label.ts";
import type { Cluster } from "./cluster.ts";

/** Arguments of {@link ExternalWorld}. */
export interface ExternalWorldArgs {
  /** A cluster of the lab's own: its DNS is changed. */
  readonly cluster: Cluster;
  /** Whether pods of the lab play the outside world; else names lead where they do anywhere. */
  readonly stub: boolean;
}

/**
 * The place of what plays the outside world: a namespace without sidecars, and names in the cluster's DNS. It is there
 * before any scenario needs it, for CoreDNS takes a while to learn names. While no such pods run the names lead nowhere.
 * @see https://coredns.io/plugins/rewrite/
 */
export class ExternalWorld extends pulumi.ComponentResource {
  constructor(name: string, args: ExternalWorldArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:cluster:ExternalWorld", name, {}, opts);
    const { cluster, stub } = args;
    if (stub) {
      new kubernetes.core.v1.Namespace(
        `${name}-namespace`,
        { metadata: { name: externalNamespace, labels: stackLabels() } },
        { parent: this },
      );
    }
    const script = "sh components/cluster/name-external-hosts.sh";
    // Without a stub it runs as well: the cluster may have had one.
    new command.local.Command(
      `${name}-names`,
      {
        create: script,
        update: script,
        environment: {
          KUBECONFIG: cluster.kubeconfigPath,
          CONTEXT: cluster.kubeContext,
          NAMES: stub
            ? externalHosts.map((host) => `${host}=${serviceHostOf(host)}`).join(" ")
            : "",
        },
        triggers: [cluster.ready],
        logging: "stderr",
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/**
 * The outside world of a cluster of the lab's own.
 * @returns nothing for an existing cluster, whose DNS is left as it is
 */
export function createExternalWorld(
  name: string,
  {
    config,
    cluster,
  }: { readonly config: Pick<LabConfig, "cluster" | "externalBackend">; readonly cluster: Cluster },
  opts?: pulumi.ComponentResourceOptions,
): ExternalWorld[] {
  if (config.cluster === "existing") return [];
  return [new ExternalWorld(name, { cluster, stub: config.externalBackend === "stub" }, opts)];
}
