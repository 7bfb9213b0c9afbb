import { createHash } from "node:crypto";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { applyObjects, readManifest } from "../kubernetes-manifest.ts";
import type { Supply } from "../supply.ts";

/** Arguments of {@link OauthProxy}. */
export interface OauthProxyArgs {
  readonly supply: Pick<Supply, "images">;
  /** For what is not in the cluster: the key that the secrets are made from. */
  readonly keyOpts: pulumi.CustomResourceOptions;
}

/**
 * oauth2-proxy in front of whatever asks it, and dex, which knows the one user there is.
 * @see https://istio.io/latest/docs/tasks/security/authorization/authz-custom/
 */
export class OauthProxy extends pulumi.ComponentResource {
  constructor(name: string, args: OauthProxyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:addons:OauthProxy", name, {}, opts);
    const key = new tls.PrivateKey(`${name}-key`, { algorithm: "ED25519" }, args.keyOpts);
    const secretFor = (use: string): pulumi.Output<string> =>
      pulumi.secret(key.privateKeyPem.apply((pem) => derived(pem, use)));
    const secrets = new kubernetes.core.v1.Secret(
      "default/oauth2-proxy",
      {
        metadata: { name: "oauth2-proxy", namespace: "default" },
        stringData: {
          "client-secret": secretFor("client"),
          "cookie-secret": secretFor("cookie"),
        },
      },
      { parent: this },
    );
    for (const file of ["addons/dex.yaml", "addons/oauth2-proxy.yaml"]) {
      applyObjects(readManifest(file, args.supply), { parent: this, dependsOn: secrets });
    }
    this.registerOutputs({});
  }
}

/** 32 characters that only who has the key can tell; the same at every `up`. */
function derived(privateKeyPem: string, use: string): string {
  return createHash("sha256").update(`${use}\n${privateKeyPem}`).digest("hex").slice(0, 32);
}
