import { buildByHand } from "./by-hand.ts";
import { buildByPulumi } from "./by-pulumi.ts";
import { ensureNetwork, removeClusters } from "./clusters.ts";
import { hostsOf } from "./hand-files.ts";
import { machineFacts } from "./machine.ts";
import { collector } from "./measures.ts";
import { byHandPlace, pulumiPlace, workFolder } from "./places.ts";
import { prepare } from "./prepare.ts";
import { benchReport } from "./report.ts";
import type { BenchReport } from "./report.ts";

/** More running processes than this before the start, and times are too long. */
const busy = 1;

/**
 * Runs the whole benchmark: by hand and by Pulumi in turn, so that a machine that gets slower is slower for both.
 * @param say takes progress lines
 * @throws UserError when a command fails; the reason of `signal` when it is interrupted
 */
export async function runBench(
  runs: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<BenchReport> {
  say("preparing: a copy of the checkout, the manifests");
  const { lab, userEnv, pulumi } = await prepare(signal);
  const machine = await machineFacts(lab.supply.kind);
  if (machine.load > busy) {
    say(`this machine is busy (load ${machine.load}): the times will be too long`);
  }
  const { samples, record } = collector();
  for (let run = 1; run <= runs; run += 1) {
    const inRun =
      (side: string) =>
      (line: string): void => {
        say(`run ${run} of ${runs}, ${side}: ${line}`);
      };
    await ensureNetwork();
    await buildByHand(lab, { env: userEnv, signal }, record, inRun("by hand"));
    await ensureNetwork();
    await buildByPulumi(hostsOf(lab.config), pulumi, record, inRun("Pulumi"));
  }
  return benchReport(machine, runs, samples);
}

/** Removes the benchmark's clusters, whatever state they are in. */
export function removeBenchClusters(): Promise<readonly string[]> {
  return removeClusters([byHandPlace.cluster, pulumiPlace.cluster], workFolder);
}
