import type * as pulumi from "@pulumi/pulumi";
import type { Provider } from "@pulumi/kubernetes";

/** A Kubernetes cluster as the rest of the lab sees it, whoever made it. */
export interface Cluster {
  /** Provider for everything in the cluster; default providers are disabled. */
  readonly provider: Provider;
  /** The resource whose deletion takes everything in the cluster along; absent where the cluster stays. */
  readonly deletedWith?: pulumi.Resource;
  /** Kubeconfig file and context for kubectl and istioctl. */
  readonly kubeconfigPath: string;
  readonly kubeContext: string;
  /** Container of the control plane node, where the cluster is kind's. */
  readonly nodeContainer?: string;
  /** Resolves when the API server can be used; proofs and gates depend on it. */
  readonly ready: pulumi.Output<string>;
}
