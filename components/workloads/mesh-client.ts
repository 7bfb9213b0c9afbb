import { createHash } from "node:crypto";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { applyObjects, readManifest, type KubernetesObject } from "../kubernetes-manifest.ts";
import type { Supply } from "../supply.ts";

/** Arguments of {@link MeshClient}. */
export interface MeshClientArgs {
  readonly supply: Pick<Supply, "images">;
  /** An authority's certificate that curl in the pod trusts in place of the public ones. @default none */
  readonly trustedCaPem?: pulumi.Input<string>;
}

/** The Deployment `sleep` with its own ServiceAccount: a pod to call from, with curl (`manifests/sleep.yaml`). */
export class MeshClient extends pulumi.ComponentResource {
  constructor(name: string, args: MeshClientArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:workloads:MeshClient", name, {}, opts);
    const objects = readManifest("sleep.yaml", args.supply);
    const { trustedCaPem } = args;
    if (trustedCaPem === undefined) applyObjects(objects, { parent: this });
    else {
      const configMap = new kubernetes.core.v1.ConfigMap(
        "default/trusted-ca",
        {
          metadata: { name: "trusted-ca", namespace: "default" },
          data: { "ca.crt": trustedCaPem },
        },
        { parent: this },
      );
      const hash = pulumi.output(trustedCaPem).apply(hashOf);
      // The pod does not start before what it mounts is there.
      applyObjects(
        objects.map((object) => (object.kind === "Deployment" ? trusting(object, hash) : object)),
        { parent: this, dependsOn: configMap },
      );
    }
    this.registerOutputs({});
  }
}

interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly template: {
      metadata: { annotations?: Record<string, unknown> };
      readonly spec: { containers: object[]; volumes?: object[] };
    };
  };
}

/** The Deployment with the ConfigMap `trusted-ca` mounted, and curl told of it; another certificate rolls the pod. */
function trusting(object: KubernetesObject, hash: pulumi.Output<string>): KubernetesObject {
  const deployment = structuredClone(object) as Deployment;
  const { metadata, spec } = deployment.spec.template;
  const mountPath = "/etc/trusted-ca";
  metadata.annotations = { "istio-lab/trusted-ca": hash };
  spec.volumes = [{ name: "trusted-ca", configMap: { name: "trusted-ca" } }];
  spec.containers = spec.containers.map((container) => ({
    ...container,
    // What `--cacert` says, for every call.
    env: [{ name: "CURL_CA_BUNDLE", value: `${mountPath}/ca.crt` }],
    volumeMounts: [{ name: "trusted-ca", mountPath, readOnly: true }],
  }));
  return deployment;
}

function hashOf(pem: string): string {
  return createHash("sha256").update(pem).digest("hex").slice(0, 16);
}
