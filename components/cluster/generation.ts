import { z } from "zod";
import type { ClusterState } from "./machine.ts";

/** `.lab/<stack>/cluster.json`: written by the cluster's create script when the cluster is up. */
export interface ClusterMarker {
  readonly generation: number;
  readonly containerId: string;
  /** When each node was started, as `startsOf` tells it; absent from a cluster of an older checkout's. */
  readonly started?: string | undefined;
}

const markerSchema = z.object({
  generation: z.int().min(1),
  containerId: z.string().min(1),
  started: z.string().optional(),
});

/**
 * Reads the marker's text.
 * @param text absent when there is no file
 * @returns nothing for no file and for one that a killed script cut short: its cluster counts as not finished
 */
export function readMarker(text: string | undefined): ClusterMarker | undefined {
  if (text === undefined) return undefined;
  try {
    return markerSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * The number that the cluster resource carries as a trigger. Pulumi does not look at the machine, so this is how a
 * cluster that was deleted by hand, or stopped with its engine, is noticed: another number makes a new cluster.
 * @returns the marker's number while the cluster it names runs, the next one otherwise, 1 for a first cluster
 */
export function clusterGeneration(marker: ClusterMarker | undefined, state: ClusterState): number {
  if (marker === undefined) return 1;
  return isAlive(marker, state) ? marker.generation : marker.generation + 1;
}

/** Whether the cluster is the one that the marker names, and was not stopped; it may be paused. */
export function isAlive(marker: ClusterMarker, state: ClusterState): boolean {
  const runs = state.status === "ours-running" || state.status === "ours-paused";
  return runs && state.containerId === marker.containerId;
}

/**
 * The text that changes when a cluster's nodes were stopped and started after it was made, by hand or with their engine:
 * what they held in memory is gone, and the lab has to be proven again.
 * @param starts see `startsOf`
 * @returns "" for a cluster that has been up all the time
 */
export function restartOf(marker: ClusterMarker | undefined, starts: string): string {
  return marker?.started === undefined || marker.started === starts ? "" : starts;
}
