import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { stackLabels } from "../stack-label.ts";

/** Label of a namespace whose new pods get a sidecar. */
export const injectionLabel = "istio-injection";

/** Arguments of {@link NamespaceInjection}. */
export interface NamespaceInjectionArgs {
  /** A namespace that is there already. */
  readonly namespace: string;
  /** Whether new pods in it get a sidecar. */
  readonly enabled: boolean;
}

/**
 * Labels a namespace so that new pods get a sidecar, or takes the label away. Another label tells that the lab does:
 * destroy takes both away, so a namespace that its owner labelled must be refused before, see `namespaceFaults`.
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export class NamespaceInjection extends pulumi.ComponentResource {
  constructor(name: string, args: NamespaceInjectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:mesh:NamespaceInjection", name, {}, opts);
    new kubernetes.core.v1.NamespacePatch(
      name,
      {
        metadata: {
          name: args.namespace,
          labels: { ...stackLabels(), ...(args.enabled ? { [injectionLabel]: "enabled" } : {}) },
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
