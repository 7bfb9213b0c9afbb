import * as pulumi from "@pulumi/pulumi";
import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import type { Supply } from "../supply.ts";

/** Arguments of {@link Kiali}. */
export interface KialiArgs {
  readonly supply: Pick<Supply, "images">;
}

/**
 * Kiali, anonymous and read-only, asking the lab's Prometheus (`manifests/addons/kiali.yaml`).
 * @see https://kiali.io/docs/configuration/
 */
export class Kiali extends pulumi.ComponentResource {
  constructor(name: string, args: KialiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:addons:Kiali", name, {}, opts);
    applyObjects(readManifest("addons/kiali.yaml", args.supply), { parent: this });
    this.registerOutputs({});
  }
}
