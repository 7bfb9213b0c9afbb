/** Who makes a call. Whether a pod has a sidecar is a property of its workload, not of the call. */
export type Caller =
  /** curl on this machine, towards the lab's published ports. */
  | { readonly from: "host" }
  /** curl inside a Ready pod that carries the label `app: <app>`. */
  | {
      readonly from: "pod";
      readonly app: string;
      /** @default "default" */
      readonly namespace?: string;
      /** @default the value of `app` */
      readonly container?: string;
    }
  /** curl inside the kind node container: on the cluster's own network, outside the mesh. */
  | { readonly from: "kind-network" };
