import * as pulumi from "@pulumi/pulumi";
import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import type { Supply } from "../supply.ts";

/** Arguments of {@link MeshClient}. */
export interface MeshClientArgs {
  readonly supply: Pick<Supply, "images">;
}

/** The Deployment `sleep` with its own ServiceAccount: a pod to call from, with curl (`manifests/sleep.yaml`). */
export class MeshClient extends pulumi.ComponentResource {
  constructor(name: string, args: MeshClientArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:workloads:MeshClient", name, {}, opts);
    applyObjects(readManifest("sleep.yaml", args.supply), { parent: this });
    this.registerOutputs({});
  }
}
