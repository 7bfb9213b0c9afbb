import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { stringify } from "yaml";
import { scenarios } from "../../components/scenarios/registry.ts";
import { readSupply } from "../../components/supply.ts";
import { copyCheckout, userEnvironment } from "../lab/copy-checkout.ts";
import { freeStackLock } from "../lab/stack-lock.ts";
import { chooseStep } from "../render/choose-step.ts";
import { labSearchPath } from "../render/pulumi-home.ts";
import { renderSteps } from "../render/render-steps.ts";
import { supplyFile } from "../toolchain/paths.ts";
import { UserError } from "../toolchain/phase.ts";
import { removeClusters } from "./clusters.ts";
import type { LabToBuild } from "./hand-files.ts";
import { byHandPlace, checkoutFolder, pulumiPlace, stack, workFolder } from "./places.ts";
import type { Surroundings } from "./timed-command.ts";

/** Scenario and step that both sides build. */
const built = { scenario: "statefulset-ingress", step: "ingress" } as const;

/** What both sides need before the first run. */
export interface Prepared {
  readonly lab: LabToBuild;
  /** Environment of a user with the lab's tools on the path. */
  readonly userEnv: Readonly<Record<string, string>>;
  /** Where Pulumi is run: the copied checkout, in the shell that `npm run env` makes. */
  readonly pulumi: Surroundings;
}

/** Removes what an interrupted run left behind: clusters, the copied checkout, keys. */
export async function removeLeftovers(say: (line: string) => void): Promise<void> {
  // A Pulumi that outlived its killed benchmark would go on making things.
  const state = join(checkoutFolder, ".lab", "state");
  await freeStackLock(state, "istio-lab", stack, say, 120_000);
  for (const name of await removeClusters([byHandPlace.cluster, pulumiPlace.cluster], workFolder)) {
    say(`removed the cluster ${name} of an interrupted run`);
  }
  await rm(workFolder, { recursive: true, force: true });
}

/** Copies the checkout and renders the step; the supply must be there. */
export async function prepare(signal: AbortSignal): Promise<Prepared> {
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  await copyCheckout(checkoutFolder, { [stack]: stackFile() });
  const searchPath = await labSearchPath(process.env["PATH"] ?? "");
  const supply = readSupply(supplyFile);
  const config = chooseStep(built, { scenarios, supply });
  const [objects = []] = await renderSteps([{ config, supply }], searchPath, signal);
  const env = userEnvironment(process.env);
  return {
    lab: { config, supply, objects },
    userEnv: { ...env, PATH: searchPath },
    pulumi: {
      folder: checkoutFolder,
      signal,
      env: await labShell({ ...env, LAB_SUPPLY: supply.kind, PULUMI_STACK: stack }),
    },
  };
}

function stackFile(): string {
  const { cluster: clusterName, ...ports } = pulumiPlace;
  const settings = { ...built, clusterName, ...ports };
  const config = Object.entries(settings).map(([key, value]) => [
    `istio-lab:${key}`,
    String(value),
  ]);
  return stringify({ config: Object.fromEntries(config) as unknown });
}

/** The environment after `eval "$(npm run -s env)"` in the copied checkout. */
async function labShell(env: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const shown = await execa("bash", ["-c", 'set -e; lab=$(npm run -s env); eval "$lab"; env -0'], {
    cwd: checkoutFolder,
    env,
    extendEnv: false,
    reject: false,
  });
  if (shown.exitCode !== 0) throw new UserError(`npm run env failed:\n${shown.stderr}`);
  const variables = shown.stdout
    .split("\0")
    .filter(Boolean)
    .map((entry): [string, string] => {
      const at = entry.indexOf("=");
      return [entry.slice(0, at), entry.slice(at + 1)];
    });
  // The event log is a debugging option, off unless this says otherwise.
  return { ...Object.fromEntries(variables), PULUMI_DEBUG_COMMANDS: "true" };
}
