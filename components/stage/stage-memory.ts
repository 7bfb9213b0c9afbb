import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterAccess } from "../cluster/run-kubectl.ts";
import { headlessServices } from "./headless-services.ts";
import { readIncarnations, type Incarnations } from "./incarnations.ts";
import { liveObjects } from "./live-objects.ts";
import type { StageState } from "./stage.ts";
import { strangers } from "./strangers.ts";

const file = "incarnations.json";

/**
 * What an earlier `up` noted of the stage, and what the cluster has of it now.
 * @param stackFolder `<checkout>/.lab/<stack>`
 */
export async function recallStage(stackFolder: string, access: ClusterAccess): Promise<StageState> {
  const incarnations = readIncarnations(readText(join(stackFolder, file)));
  const made = existsSync(access.kubeconfigPath);
  if (!made) return { incarnations, live: undefined, strangers: [] };
  const [live, others, headless] = await Promise.all([
    liveObjects(access),
    strangers(access),
    pulumi.runtime.isDryRun() ? headlessServices(access) : undefined,
  ]);
  return { incarnations, live, strangers: others, ...(headless ? { headless } : {}) };
}

/** Notes how often each object has been made; call it before any of them is, and never in a preview. */
export function rememberStage(stackFolder: string, before: StageState, now: Incarnations): void {
  mkdirSync(stackFolder, { recursive: true });
  const incarnations = { ...before.incarnations, ...now };
  writeFileSync(join(stackFolder, file), JSON.stringify(incarnations, null, 1));
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
