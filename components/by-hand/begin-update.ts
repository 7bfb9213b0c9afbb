import * as pulumi from "@pulumi/pulumi";
import type { LabSettings } from "../lab-settings.ts";
import { rememberStage } from "../stage/stage-memory.ts";
import { handBack } from "./hand-back.ts";
import type { LabObjects } from "./lab-objects.ts";
import type { KnownReleases } from "./release-objects.ts";
import { rememberObjects } from "./remember.ts";

/** Arguments of {@link beginUpdate}. */
export interface BeginUpdateArgs extends Pick<LabSettings, "access" | "notes" | "stage"> {
  readonly stackFolder: string;
  readonly objects: LabObjects;
  readonly releases: KnownReleases;
  /** Keys of the step's objects. */
  readonly onStage: readonly string[];
}

/**
 * Says what somebody changed by hand; in an update it also notes that it is put back, and gets it ready. Call it when
 * all is built and nothing is registered.
 */
export async function beginUpdate(args: BeginUpdateArgs): Promise<void> {
  const { stackFolder, objects, releases } = args;
  const changed = new Set([
    ...objects.changed.map(({ key }) => key),
    ...objects.gone,
    ...objects.pods.wrong.map((key) => `sidecars of ${key}`),
    ...Object.values(releases.changed).flat(),
  ]);
  const preview = pulumi.runtime.isDryRun();
  if (changed.size > 0) {
    const what = preview ? "would be put back" : "is put back";
    await pulumi.log.info(`changed by hand, ${what}: ${[...changed].join(", ")}`);
  }
  if (preview) return;
  rememberStage(stackFolder, args.stage, objects.incarnations);
  rememberObjects(stackFolder, args.notes, objects, releases.mended);
  await handBack(args.access, objects.changed, new Set(args.onStage));
}
