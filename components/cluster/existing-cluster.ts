import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./cluster.ts";
import { oneContext } from "./one-context.ts";

/** Arguments of {@link ExistingCluster}. */
export interface ExistingClusterArgs {
  /** Kubeconfig file; read, never written. */
  readonly kubeconfigPath: string;
  /** Its text. */
  readonly kubeconfig: string;
  /** Context to use, whatever the file's current one is. */
  readonly kubeContext: string;
}

/** A cluster that somebody else made and keeps: the lab puts itself in, and takes itself out on destroy. */
export class ExistingCluster extends pulumi.ComponentResource implements Cluster {
  readonly provider: kubernetes.Provider;
  readonly kubeconfigPath: string;
  readonly kubeContext: string;
  readonly ready: pulumi.Output<string>;

  constructor(name: string, args: ExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:cluster:ExistingCluster", name, {}, opts);
    this.kubeconfigPath = args.kubeconfigPath;
    this.kubeContext = args.kubeContext;
    const context = oneContext(args.kubeconfig, args.kubeContext);
    this.provider = new kubernetes.Provider(
      `${name}-kubernetes`,
      {
        kubeconfig: pulumi.secret(context.kubeconfig),
        clusterIdentifier: `${args.kubeContext}/${context.server}`,
        enableServerSideApply: true,
        // A rotated certificate updates its Secret: replaced, it would be gone for a moment.
        enableSecretMutable: true,
        enableConfigMapMutable: true,
      },
      { parent: this },
    );
    this.ready = pulumi.output(context.server);
    this.registerOutputs({});
  }
}
