import * as pulumi from "@pulumi/pulumi";

/** Holds everything a scenario makes: what depends on the stage waits for the whole step. */
export class Stage extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:scenarios:Stage", name, {}, opts);
    this.registerOutputs({});
  }
}
