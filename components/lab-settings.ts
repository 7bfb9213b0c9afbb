import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ownConfig } from "./config.ts";
import { preflight, type Readiness } from "./preflight.ts";
import { scenarios } from "./scenarios/registry.ts";
import { readSupply, type Supply } from "./supply.ts";
import { withConfig } from "./supply-with-config.ts";

/** All that the program knows before it registers anything. */
export interface LabSettings extends Readiness {
  readonly supply: Supply;
}

/**
 * Reads stack config and supply and checks them, against each other and against this machine.
 * @param stackFolder folder of this stack, absolute
 * @throws ConfigError listing every fault
 */
export async function readLabSettings(stackFolder: string): Promise<LabSettings> {
  const supply = readSupply(resolve(".lab", "supply.json"));
  const context = { stack: pulumi.getStack(), scenarios, supply };
  const readiness = await preflight(ownConfig(pulumi.runtime.allConfig()), context, stackFolder);
  return { ...readiness, supply: withConfig(supply, readiness.config) };
}
