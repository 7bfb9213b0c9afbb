import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dependenciesOf } from "./critical-path.ts";
import type { Dependencies, StateResource } from "./critical-path.ts";
import { spansOf } from "./event-log.ts";
import { followEvents } from "./follow-events.ts";
import type { MeasureId, Recorder, Sample } from "./measures.ts";
import { measures, moves } from "./measures.ts";
import { checkoutFolder, pulumiPlace, stack, workFolder } from "./places.ts";
import { pollHosts } from "./poll-hosts.ts";
import { timeGoesTo } from "./time-goes-to.ts";
import { timedCommand } from "./timed-command.ts";
import type { Surroundings } from "./timed-command.ts";

const plain = ["--color", "never", "--suppress-progress", "--suppress-outputs"];
const up = ["up", "--yes", "--skip-preview", ...plain];

/**
 * Builds the lab with a cold `pulumi up`, its proof included, then times what else Pulumi does with it, `destroy` last.
 * @param around the lab's environment in the copied checkout, with PULUMI_DEBUG_COMMANDS set: it allows --event-log
 * @param say takes a line when a command starts
 */
export async function buildByPulumi(
  hosts: readonly string[],
  around: Surroundings,
  record: Recorder,
  say: (line: string) => void,
): Promise<void> {
  const timed = async (id: MeasureId, args: readonly string[]): Promise<Sample> => {
    say(measures[id].trim());
    const sample = await pulumi(args, around);
    record(id, sample);
    return sample;
  };

  await coldUp(hosts, around, (args) => timed("coldUp", args), record);
  await timed("noOpUp", [...up, "--expect-no-changes"]);
  await timed("preview", ["preview", "--expect-no-changes", ...plain]);
  for (const { to, id } of moves) {
    await timedCommand("pulumi", ["config", "set", "step", to], around);
    record("switch", await timed(id, up));
  }
  await timed("destroy", ["destroy", "--yes", "--skip-preview", ...plain]);
}

/** The cold `up`, and beside it a user who tries the hosts all the time. */
async function coldUp(
  hosts: readonly string[],
  around: Surroundings,
  run: (args: readonly string[]) => Promise<Sample>,
  record: Recorder,
): Promise<void> {
  const start = performance.now();
  const failed = new AbortController();
  const asked = {
    hosts,
    httpsPort: pulumiPlace.httpsPort,
    caFile: join(checkoutFolder, ".lab", stack, "ca.crt"),
  };
  const answering = pollHosts(asked, AbortSignal.any([around.signal, failed.signal])).then(() => {
    record("coldUpAnswering", { seconds: (performance.now() - start) / 1000, goesTo: [] });
  });
  // Awaited below; a failed `up` is what is reported, not the questions it leaves without an answer.
  answering.catch(() => undefined);
  try {
    await run(up);
    await answering;
  } finally {
    failed.abort();
  }
}

async function pulumi(args: readonly string[], around: Surroundings): Promise<Sample> {
  const log = join(workFolder, `events-${Date.now()}.json`);
  const before = knownResources();
  const start = performance.now();
  const follower = followEvents(log, () => (performance.now() - start) / 1000);
  try {
    const { seconds } = await timedCommand("pulumi", [...args, "--event-log", log], around);
    const spans = spansOf(await follower.finish());
    const dependencies: Dependencies = new Map([...before, ...knownResources()]);
    return { seconds, goesTo: timeGoesTo(seconds, spans, dependencies) };
  } finally {
    await follower.finish();
  }
}

/** What the stack's state says now of who depends on whom: the file backend's own file, at no cost for Pulumi. */
function knownResources(): Dependencies {
  const file = join(checkoutFolder, ".lab/state/.pulumi/stacks/istio-lab", `${stack}.json`);
  if (!existsSync(file)) return new Map();
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly checkpoint: { readonly latest?: { readonly resources?: readonly StateResource[] } };
  };
  return dependenciesOf(checkpoint.latest?.resources ?? []);
}
