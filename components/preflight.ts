import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { namespaceFaults, namespacesToAsk, type Place } from "./cluster/existing-namespaces.ts";
import { contextFaults } from "./cluster/existing-preflight.ts";
import { clusterGeneration, readMarker } from "./cluster/generation.ts";
import { listObjects, type AskCluster } from "./cluster/list-objects.ts";
import type { Machine } from "./cluster/machine.ts";
import { kubeconfigFile } from "./cluster/one-context.ts";
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
}

/** How {@link preflight} sees the machine and a cluster that is there already; tests give their own. */
export interface Probes {
  readonly machine: (needs: MachineNeeds) => Promise<Machine>;
  /** Text of a file, nothing when it can't be read. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** What of this user's own folders can't be written. */
  readonly places: () => readonly Fault[];
  /** Objects of an existing cluster. */
  readonly list: AskCluster;
}

const realProbes: Probes = {
  machine: probeMachine,
  read: (path) => readFile(path, "utf8").catch(() => undefined),
  places: placeFaults,
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
  const { faults, generation } = existing
    ? await checkExisting(checked, context.stack, probes)
    : await checkMachine(checked, stackFolder, probes);
  if (faults.length > 0) throw new ConfigError(faults);
  return { config: frozen(checked.values), generation };
}

interface Outcome {
  readonly faults: readonly Fault[];
  readonly generation: number;
}

async function checkMachine(
  checked: CheckedConfig,
  stackFolder: string,
  probes: Probes,
): Promise<Outcome> {
  const [machine, marker] = await Promise.all([
    probes.machine(checked.values),
    probes.read(join(stackFolder, "cluster.json")),
  ]);
  const ownerFolder = join(stackFolder, "node");
  return {
    faults: [...checked.faults, ...machineFaults(checked.values, machine, ownerFolder)],
    generation: clusterGeneration(readMarker(marker), clusterState(machine.node, ownerFolder)),
  };
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
      : await askForNamespaces({ kubeconfigPath: path, kubeContext, stack }, probes);
  return { faults: [...faults, ...found, ...theirs], generation: 1 };
}

async function askForNamespaces(place: Place, probes: Probes): Promise<readonly Fault[]> {
  return namespaceFaults(await probes.list(place, ["namespace", ...namespacesToAsk]), place);
}
