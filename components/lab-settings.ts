import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { kubeconfigFile } from "./cluster/one-context.ts";
import type { ClusterAccess } from "./cluster/run-kubectl.ts";
import { ownConfig } from "./config.ts";
import { preflight, type Readiness } from "./preflight.ts";
import { scenarios } from "./scenarios/registry.ts";
import { recallStage, type Recalled } from "./stage/stage-memory.ts";
import { readSupply, type Supply } from "./supply.ts";
import { withConfig } from "./supply-with-config.ts";

/** All that the program knows before it registers anything. */
export interface LabSettings extends Readiness, Recalled {
  readonly supply: Supply;
  /** The way to the cluster of an earlier `up`. */
  readonly access: ClusterAccess;
}

/**
 * Reads stack config and supply and checks them, against each other and against this machine.
 * @param stackFolder folder of this stack, absolute
 * @throws ConfigError listing every fault
 */
export async function readLabSettings(stackFolder: string): Promise<LabSettings> {
  const supply = readSupply(resolve(".lab", "supply.json"));
  const context = { stack: pulumi.getStack(), scenarios, supply };
  const raw = ownConfig(pulumi.runtime.allConfig());
  const access = accessOf(raw, stackFolder);
  // One after the other: whoever asks a cluster that does not answer for its objects waits for long.
  const readiness = await preflight(raw, context, stackFolder);
  const recalled = await recallStage(stackFolder, access);
  return { ...readiness, ...recalled, access, supply: withConfig(supply, readiness.config) };
}

/** How the cluster of an earlier `up` is reached; config is not checked yet, and a wrong one reaches nothing. */
function accessOf(raw: Readonly<Record<string, string>>, stackFolder: string): ClusterAccess {
  const { cluster, kubeconfig, kubeContext } = raw;
  if (cluster !== "existing") return { kubeconfigPath: resolve(stackFolder, "kubeconfig") };
  return {
    kubeconfigPath: kubeconfigFile(kubeconfig, process.env),
    ...(kubeContext ? { kubeContext } : {}),
  };
}
