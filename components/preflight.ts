import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  namespaceFaults,
  namespacesToAsk,
  unansweredFault,
  type Place,
} from "./cluster/existing-namespaces.ts";
import { contextFaults } from "./cluster/existing-preflight.ts";
import { answerFaults, pausedFault } from "./cluster/answer-faults.ts";
import { askCluster, usualSeconds, type AskWhetherReady } from "./cluster/ask-cluster.ts";
import { clusterGeneration, isAlive, readMarker, restartOf } from "./cluster/generation.ts";
import { listObjects, type AskCluster } from "./cluster/list-objects.ts";
import type { Machine } from "./cluster/machine.ts";
import { kubeconfigFile } from "./cluster/one-context.ts";
import { answerSeconds, startsOf } from "./cluster/node-starts.ts";
import { clusterState, machineFaults, type MachineNeeds } from "./cluster/preflight.ts";
import { probeMachine } from "./cluster/probe-machine.ts";
import type { ConfigContext } from "./config-rules.ts";
import { checkConfig, frozen, type CheckedConfig, type LabConfig } from "./config.ts";
import { ConfigError, type Fault } from "./faults.ts";
import { placeFaults } from "./writable-places.ts";

/** What the program starts from. */
export interface Readiness {
  readonly config: LabConfig;
  /** Trigger of the kind cluster, see `clusterGeneration`; 1 for an existing cluster. */
  readonly generation: number;
  /** See `restartOf`; "" for an existing cluster. */
  readonly restart: string;
}

/** How {@link preflight} sees the machine and a cluster that is there already; tests give their own. */
export interface Probes {
  readonly machine: (needs: MachineNeeds) => Promise<Machine>;
  /** Text of a file, nothing when it can't be read. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** What of this user's own folders can't be written. */
  readonly places: () => readonly Fault[];
  /** Whether a cluster answers. */
  readonly ask: AskWhetherReady;
  /** Objects of an existing cluster. */
  readonly list: AskCluster;
}

const realProbes: Probes = {
  machine: probeMachine,
  read: (path) => readFile(path, "utf8").catch(() => undefined),
  places: placeFaults,
  ask: askCluster,
  list: listObjects,
};

/**
 * Checks config and this machine before anything is registered, so that plain `pulumi up` and `pulumi preview` are
 * as safe as `npm run up`. With faults in config, what of the machine can still be checked is checked.
 * @param stackFolder `<checkout>/.lab/<stack>`, absolute
 * @throws ConfigError listing every fault of both
 */
export async function preflight(
  raw: Readonly<Record<string, string>>,
  context: ConfigContext,
  stackFolder: string,
  probes: Probes = realProbes,
): Promise<Readiness> {
  const { values, faults: configFaults } = checkConfig(raw, context);
  const places = probes.places();
  const checked = { values, faults: [...configFaults, ...places] };
  // What would be asked further hangs without them.
  if (places.length > 0) throw new ConfigError(checked.faults);
  const existing = checked.values.cluster === "existing";
  const { faults, ...rest } = existing
    ? await checkExisting(checked, context.stack, probes)
    : await checkMachine(checked, stackFolder, probes);
  if (faults.length > 0) throw new ConfigError(faults);
  return { config: frozen(checked.values), ...rest };
}

interface Outcome extends Omit<Readiness, "config"> {
  readonly faults: readonly Fault[];
}

async function checkMachine(
  checked: CheckedConfig,
  stackFolder: string,
  probes: Probes,
): Promise<Outcome> {
  const kubeconfigPath = join(stackFolder, "kubeconfig");
  const enough = new AbortController();
  // Asked beside the engine, which says whether there is anybody to ask.
  const asked = probes.ask({ kubeconfigPath }, enough.signal);
  try {
    const [machine, text] = await Promise.all([
      probes.machine(checked.values),
      probes.read(join(stackFolder, "cluster.json")),
    ]);
    const marker = readMarker(text);
    const ownerFolder = join(stackFolder, "node");
    const state = clusterState(machine, ownerFolder);
    const faults = [...checked.faults, ...machineFaults(checked.values, machine, ownerFolder)];
    if (marker !== undefined && isAlive(marker, state)) {
      const { clusterName: cluster = "" } = checked.values;
      const place = { cluster, node: `${cluster}-control-plane`, kubeconfigPath };
      const patience = setTimeout(
        () => {
          enough.abort();
        },
        answerSeconds(machine) * 1000,
      );
      faults.push(
        ...(state.status === "ours-paused"
          ? [pausedFault(state.paused)]
          : answerFaults(await asked, place)),
      );
      clearTimeout(patience);
    }
    const restart = restartOf(marker, startsOf(machine));
    return { faults, generation: clusterGeneration(marker, state), restart };
  } finally {
    enough.abort();
  }
}

async function checkExisting(
  { values, faults }: CheckedConfig,
  stack: string,
  probes: Probes,
): Promise<Outcome> {
  const { kubeContext } = values;
  const path = kubeconfigFile(values.kubeconfig, process.env);
  const found = contextFaults(kubeContext, path, await probes.read(path));
  const theirs =
    found.length > 0 || kubeContext === undefined
      ? []
      : await askTheirs({ kubeconfigPath: path, kubeContext, stack }, probes);
  return { faults: [...faults, ...found, ...theirs], generation: 1, restart: "" };
}

async function askTheirs(place: Place, probes: Probes): Promise<readonly Fault[]> {
  const answer = await probes.ask(place, AbortSignal.timeout(usualSeconds * 1000));
  if (answer.status !== "ready") return [unansweredFault(answer, place)];
  return namespaceFaults(await probes.list(place, ["namespace", ...namespacesToAsk]), place);
}
