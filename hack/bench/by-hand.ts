import { rm } from "node:fs/promises";
import { join } from "node:path";
import { handStages } from "./hand-commands.ts";
import { hostsOf, writeHandFiles } from "./hand-files.ts";
import type { LabToBuild } from "./hand-files.ts";
import type { Recorder } from "./measures.ts";
import { measures } from "./measures.ts";
import { byHandPlace, handFolder } from "./places.ts";
import { pollHosts } from "./poll-hosts.ts";
import { timedCommand } from "./timed-command.ts";
import type { Surroundings } from "./timed-command.ts";

/**
 * Builds the lab by hand-run commands, one after the other, and takes it down again. Everything that is prepared
 * before the first command is outside the measured time.
 * @param say takes a line when a stage starts
 */
export async function buildByHand(
  lab: LabToBuild,
  { env, signal }: Omit<Surroundings, "folder">,
  record: Recorder,
  say: (line: string) => void,
): Promise<void> {
  await rm(handFolder, { recursive: true, force: true });
  await writeHandFiles(handFolder, byHandPlace, lab);
  const around = {
    folder: handFolder,
    env: { ...env, KUBECONFIG: join(handFolder, "kubeconfig") },
    signal,
  };
  const start = performance.now();
  const timed = async (
    id: Parameters<Recorder>[0],
    work: () => Promise<unknown>,
  ): Promise<void> => {
    say(measures[id].replace("by hand:", "").trim());
    const began = performance.now();
    await work();
    record(id, { seconds: (performance.now() - began) / 1000, goesTo: [] });
  };
  for (const { id, commands } of handStages(byHandPlace, lab.config, lab.supply)) {
    await timed(id, async () => {
      for (const [command, ...args] of commands) await timedCommand(command, args, around);
    });
  }
  const asked = {
    hosts: hostsOf(lab.config),
    httpsPort: byHandPlace.httpsPort,
    caFile: join(handFolder, "ca.crt"),
  };
  await timed("byHandAnswering", () => pollHosts(asked, signal));
  record("byHand", { seconds: (performance.now() - start) / 1000, goesTo: [] });

  await timed("byHandDelete", () =>
    timedCommand("kind", ["delete", "cluster", "--name", byHandPlace.cluster], around),
  );
}
