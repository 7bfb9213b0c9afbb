import * as command from "@pulumi/command";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { releaseObjects, type KnownReleases } from "../by-hand/release-objects.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { chartOf } from "../mesh/istio-release.ts";
import { stackLabels } from "../stack-label.ts";
import type { Supply } from "../supply.ts";
import { poolOf } from "./metal-lb-pool.ts";

/** Arguments of {@link MetalLb}. */
export interface MetalLbArgs {
  /** A kind cluster: the addresses are of its container network. */
  readonly cluster: Pick<Cluster, "ready" | "kubeconfigPath" | "kubeContext">;
  readonly supply: Pick<Supply, "images" | "metallbChart">;
  readonly releases: KnownReleases;
}

/** One line a subnet; a network with IPv6 has two. */
const askSubnets =
  "docker network inspect kind --format '{{range .IPAM.Config}}{{println .Subnet}}{{end}}'";

/**
 * MetalLB in layer 2 mode, with one pool of addresses, `dynamic`: what gives a LoadBalancer Service its address on kind.
 * Nothing waits for it but those addresses. Two labs at once have the same ones: kube-proxy leads a node to its own
 * gateway, but from elsewhere on the container network whichever answers first is reached.
 * @see https://metallb.io/configuration/_advanced_l2_configuration/
 */
export class MetalLb extends pulumi.ComponentResource {
  constructor(name: string, args: MetalLbArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:addons:MetalLb", name, {}, opts);
    const namespace = new kubernetes.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: "metallb-system", labels: stackLabels() } },
      { parent: this },
    );
    const release = new kubernetes.helm.v3.Release(
      `${name}-release`,
      {
        ...chartOf(args.supply.metallbChart),
        name: "metallb",
        namespace: namespace.metadata.name,
        values: valuesFor(args.supply.images),
        // A Service that wants an address waits for what counts.
        skipAwait: true,
        cleanupOnFail: true,
      },
      { parent: this },
    );
    const objects = releaseObjects(
      `${name}-objects`,
      {
        ...{ cluster: args.cluster, known: args.releases, releases: ["metallb"] },
        namespace: namespace.metadata.name,
        revisions: [release.status.revision],
      },
      { parent: this, dependsOn: release },
    );
    this.#createPool(name, this.#askForPool(name, args.cluster), objects);
    this.registerOutputs({});
  }

  #askForPool(name: string, cluster: MetalLbArgs["cluster"]): pulumi.Output<string> {
    const subnets = new command.local.Command(
      `${name}-subnets`,
      { create: askSubnets, triggers: [cluster.ready], logging: "stderr" },
      { parent: this },
    );
    return subnets.stdout.apply((lines) => poolOf(lines.split("\n").filter(Boolean)));
  }

  #createPool(name: string, addresses: pulumi.Output<string>, release: pulumi.Resource): void {
    const metadata = { name: "dynamic", namespace: "metallb-system", labels: stackLabels() };
    // The release brings the kinds; no value carries that.
    const opts = { parent: this, dependsOn: release };
    new kubernetes.apiextensions.CustomResource(
      `${name}-pool`,
      {
        apiVersion: "metallb.io/v1beta1",
        kind: "IPAddressPool",
        metadata,
        spec: { addresses: [addresses] },
      },
      opts,
    );
    new kubernetes.apiextensions.CustomResource(
      `${name}-advertisement`,
      {
        apiVersion: "metallb.io/v1beta1",
        kind: "L2Advertisement",
        metadata,
        spec: { ipAddressPools: [metadata.name] },
      },
      opts,
    );
  }
}

/** Values of MetalLB's chart. */
function valuesFor(images: Supply["images"]): object {
  return {
    controller: {
      image: split(images.metallbController),
      // The lab makes its pool itself: nothing has to wait for the certificates of a webhook that checks it.
      webhookMode: "disabled",
    },
    crds: { validationFailurePolicy: "Ignore" },
    speaker: {
      image: split(images.metallbSpeaker),
      // BGP is not used; a dead node of a lab is not taken over in a second.
      frr: { enabled: false },
      memberlist: { enabled: false },
    },
  };
}

/** An image as the chart takes it. */
function split(image: string): { readonly repository: string; readonly tag: string } {
  const colon = image.lastIndexOf(":");
  return { repository: image.slice(0, colon), tag: image.slice(colon + 1) };
}
