import { z } from "zod";
import type { ClusterState } from "./machine.ts";

/** `.lab/<stack>/cluster.json`: written by the cluster's create script when the cluster is up. */
export interface ClusterMarker {
  readonly generation: number;
  readonly containerId: string;
}

const markerSchema = z.object({ generation: z.int().min(1), containerId: z.string().min(1) });

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
  const alive = state.status === "ours-running" && state.containerId === marker.containerId;
  return alive ? marker.generation : marker.generation + 1;
}
