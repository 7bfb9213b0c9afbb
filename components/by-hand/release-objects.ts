import * as command from "@pulumi/command";
import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster/cluster.ts";
import type { Look } from "./look.ts";
import { changedSince, readReleaseNote } from "./release-notes.ts";

/** What is known of the lab's Helm releases before anything is registered. */
export interface KnownReleases {
  /** How often each was mended, by name; none is not in it. */
  readonly mended: Readonly<Record<string, number>>;
  /** Keys of the objects of each that somebody changed or deleted by hand; none is not in it. */
  readonly changed: Readonly<Record<string, readonly string[]>>;
  /** Folder of this stack, absolute. */
  readonly stackFolder: string;
}

/** Helm releases of the lab, wherever they are. */
const releases = ["istio-base", "istiod", "istio-ingressgateway", "metallb"];

/** Compares what was noted of the lab's releases with what the cluster has. */
export function knownReleases(
  stackFolder: string,
  mended: Readonly<Record<string, number>>,
  look: Look | undefined,
): KnownReleases {
  const changed = releases.map((release) => {
    const note = look && readReleaseNote(stackFolder, release);
    return [release, note ? changedSince(note, look.released) : []] as const;
  });
  const now = Object.fromEntries(changed.filter(([, keys]) => keys.length > 0));
  const counts = releases.map(
    (release) => [release, (mended[release] ?? 0) + (release in now ? 1 : 0)] as const,
  );
  return {
    stackFolder,
    changed: now,
    mended: Object.fromEntries(counts.filter(([, count]) => count > 0)),
  };
}

/** Arguments of {@link releaseObjects}. */
export interface ReleaseObjectsArgs {
  readonly cluster: Pick<Cluster, "kubeconfigPath" | "kubeContext" | "ready">;
  readonly known: KnownReleases;
  /** Names, in the order in which they are mended. */
  readonly releases: readonly string[];
  readonly namespace: pulumi.Input<string>;
  /** Helm's number of each of them. */
  readonly revisions: readonly pulumi.Input<number>[];
}

/**
 * Puts back what somebody changed by hand of releases' objects, and notes how they are; it runs when Helm changed them,
 * and when they differ from what was noted.
 * @param opts takes the releases in its `dependsOn`
 */
export function releaseObjects(
  name: string,
  { cluster, known, releases, namespace, revisions }: ReleaseObjectsArgs,
  opts: pulumi.CustomResourceOptions,
): command.local.Command {
  const mend = "node components/by-hand/mend-release.ts";
  const mended = releases.map((release) => known.mended[release] ?? 0);
  return new command.local.Command(
    name,
    {
      create: mend,
      update: mend,
      environment: {
        KUBECONFIG: cluster.kubeconfigPath,
        CONTEXT: cluster.kubeContext,
        RELEASES: releases.join(","),
        NAMESPACE: namespace,
        STACK_FOLDER: known.stackFolder,
        MENDED: mended.join(","),
      },
      triggers: [cluster.ready, ...revisions],
      logging: "stderr",
    },
    opts,
  );
}
