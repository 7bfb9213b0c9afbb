import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link InjectedNamespace}. */
export interface InjectedNamespaceArgs {
  /** A namespace that is there already. */
  readonly namespace: string;
}

/**
 * Labels a namespace so that new pods get a sidecar; the label goes when the component goes.
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export class InjectedNamespace extends pulumi.ComponentResource {
  /** Name of the namespace, once it is labelled. */
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: InjectedNamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:mesh:InjectedNamespace", name, {}, opts);
    const patch = new kubernetes.core.v1.NamespacePatch(
      `${name}-label`,
      { metadata: { name: args.namespace, labels: { "istio-injection": "enabled" } } },
      { parent: this },
    );
    this.namespace = patch.metadata.name;
    this.registerOutputs({ namespace: this.namespace });
  }
}
