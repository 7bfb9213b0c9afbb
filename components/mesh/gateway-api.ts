import { readFileSync } from "node:fs";
import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster.ts";
import type { Supply } from "../supply.ts";

/** Arguments of {@link gatewayApi}. */
export interface GatewayApiArgs {
  readonly cluster: Pick<Cluster, "kubeconfigPath" | "kubeContext" | "ready">;
  readonly manifest: Supply["gatewayApi"];
}

/**
 * The definitions of the Gateway API's kinds, which Istio serves beside its own. One command and no resource a
 * definition: they are a megabyte, which every `up` would compare. A cluster that has them already keeps its own.
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#setup
 */
export function gatewayApi(
  name: string,
  { cluster, manifest }: GatewayApiArgs,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  const apply = "sh components/mesh/apply-gateway-api.sh";
  return new command.local.Command(
    name,
    {
      create: apply,
      // Another version, and a cluster that was made anew: a replacement would delete the kinds with all their objects.
      update: apply,
      // The whole script goes into the state, so that destroy needs nothing else.
      delete: readFileSync(new URL("delete-gateway-api.sh", import.meta.url), "utf8"),
      environment: {
        KUBECONFIG: cluster.kubeconfigPath,
        CONTEXT: cluster.kubeContext,
        CLUSTER: cluster.ready,
        MANIFEST: manifest,
        STACK: pulumi.getStack(),
      },
      logging: "stderr",
    },
    opts,
  );
}
