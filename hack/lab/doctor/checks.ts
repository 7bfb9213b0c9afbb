import { existsSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import type { Fault } from "../../../components/faults.ts";
import { homeFaults, temporaryFaults } from "../../../components/writable-places.ts";
import { decide } from "../../engine/decide.ts";
import { engineFacts } from "../../engine/facts.ts";
import type { SupplyKind } from "../../toolchain/choose-supply.ts";
import { labDir } from "../../toolchain/paths.ts";
import { kubeconfigFile } from "../environment.ts";
import type { StackFacts } from "../stack.ts";
import {
  clockVerdict,
  clusterVerdict,
  engineVerdict,
  existingVerdict,
  portsVerdict,
  refused,
  toolsVerdict,
} from "./decide-lab.ts";
import type { LabFacts } from "./decide-lab.ts";
import {
  curlVerdict,
  diskVerdict,
  inotifyVerdict,
  memoryVerdict,
  nodeVerdict,
  npmVerdict,
  opensslVerdict,
} from "./decide-machine.ts";
import {
  clockSkew,
  clusterNameOf,
  clusterRuns,
  existingAnswer,
  labFacts,
  ownAnswer,
  toolFacts,
} from "./lab-facts.ts";
import { firstLine, freeSpace, inotifyFacts, npmFacts, packagedNode } from "./machine-facts.ts";
import { ok, warn } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** What the checks are made against. */
export interface CheckContext {
  readonly supply: SupplyKind;
  /** Whether tools or images are still to be got. */
  readonly building: boolean;
  readonly stack: StackFacts;
}

/** With `lab`: what the program sees of this machine, looked up once for all checks. */
type Check = (context: CheckContext, lab: () => Promise<LabFacts>) => Promise<Verdict>;

/** Every check, by the id it is shown under. */
export const checks = {
  node: async () => nodeVerdict((await npmFacts()).node, process.version, await packagedNode()),
  npm: async () => npmVerdict((await npmFacts()).npm),
  engine: async (_, lab) => engineVerdict(await lab(), decide(await engineFacts())),
  "curl-tls": async () => curlVerdict(await firstLine("curl", ["--version"])),
  openssl: async () => opensslVerdict(await firstLine("openssl", ["version"])),
  inotify: () => Promise.resolve(inotifyVerdict(inotifyFacts())),
  memory: async (_, lab) => memoryVerdict(process.availableMemory(), clusterRuns(await lab())),
  home: () => Promise.resolve(placeVerdict(homeFaults(), homedir())),
  temporary: () => Promise.resolve(placeVerdict(temporaryFaults(), tmpdir())),
  disk: async ({ supply, building }) => diskVerdict(await freeSpace(), supply, building),
  "host-ports": async (_, lab) => portsVerdict(await lab()),
  clock: async ({ stack }) => clockVerdict(await clockSkew(clusterNameOf(stack))),
  cluster: async ({ stack }, lab) => {
    if (stack.cluster === "existing") {
      const { answer, place } = await existingAnswer(stack);
      return existingVerdict(answer, place);
    }
    const kubeconfig = kubeconfigFile(labDir, stack.stack);
    const facts = await lab();
    if (!existsSync(kubeconfig)) return clusterVerdict(facts, undefined);
    return clusterVerdict(facts, kubeconfig, await ownAnswer(facts, kubeconfig));
  },
  tools: async ({ supply }) => toolsVerdict(await toolFacts(supply)),
} satisfies Record<string, Check>;

function placeVerdict(faults: readonly Fault[], folder: string): Verdict {
  return faults.length > 0 ? refused(faults) : ok(`${folder} can be written`);
}

/** The id of a check, as the table and a refusal show it. */
export type CheckId = keyof typeof checks;

/** What only a cluster that the lab makes on this machine needs of it. */
const ofOwnCluster: readonly CheckId[] = ["inotify", "memory", "host-ports", "clock"];

/** The checks that say something about a stack: with a cluster of the user's own, `up` needs less of this machine. */
export function checksFor({ supply, stack }: CheckContext): readonly CheckId[] {
  const ids = Object.keys(checks) as CheckId[];
  if (stack.cluster !== "existing") return ids;
  // Tools are built with an engine where they can't be had otherwise.
  const needsEngine = supply === "registry-only";
  return ids.filter((id) => !ofOwnCluster.includes(id) && (id !== "engine" || needsEngine));
}

/** The result of one check. */
export interface CheckResult extends Verdict {
  readonly id: CheckId;
}

/** Makes some checks, all at once. One that can't be made is a warning, never a crash. */
export async function runChecks(
  ids: readonly CheckId[],
  context: CheckContext,
): Promise<readonly CheckResult[]> {
  let facts: Promise<LabFacts> | undefined;
  const lab = (): Promise<LabFacts> => (facts ??= labFacts(context.stack));
  return Promise.all(
    ids.map(async (id) => {
      const check: Check = checks[id];
      const verdict = await check(context, lab).catch((error: unknown) =>
        warn("could not be checked", error instanceof Error ? error.message : String(error)),
      );
      return { id, ...verdict };
    }),
  );
}
