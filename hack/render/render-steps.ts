import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CommandError, LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import type { LabConfig } from "../../components/config.ts";
import { applyObjects, parseObjects } from "../../components/kubernetes-manifest.ts";
import type { KubernetesObject } from "../../components/kubernetes-manifest.ts";
import { buildStep as buildScenarioStep } from "../../components/scenarios/build-step.ts";
import { findScenario } from "../../components/scenarios/registry.ts";
import type { Supply } from "../../components/supply.ts";
import { UserError } from "../toolchain/phase.ts";
import { throwAwayPulumi } from "./pulumi-home.ts";
import { readRendered } from "./read-rendered.ts";

/** Where Istio goes in every lab. */
const istioNamespace = "istio-system";

/** The settings of one step; `config.scenario` and `config.step` say which. */
export interface StepToRender {
  readonly config: LabConfig;
  readonly supply: Supply;
}

/**
 * Everything that each step applies, as the Kubernetes provider would send it. Built by the scenarios' own code and
 * rendered by the real provider; no cluster is asked, nothing of the user's Pulumi is read or changed.
 * @param searchPath where pulumi and its plugins are
 * @param signal ends Pulumi in order
 * @returns the objects of each step, in the order of `steps`
 * @throws UserError when there is no Pulumi CLI, when it fails, and when the signal ended it
 */
export async function renderSteps(
  steps: readonly StepToRender[],
  searchPath: string,
  signal?: AbortSignal,
): Promise<readonly KubernetesObject[][]> {
  const work = realpathSync(mkdtempSync(join(tmpdir(), "istio-lab-render-")));
  try {
    mkdirSync(join(work, "project"));
    const folders = steps.map((_, index) => join(work, `rendered-${index}`));
    const program = (): void => {
      for (const [index, step] of steps.entries()) buildStep(step, folders[index] ?? "", index);
    };
    await runProgram(program, work, await throwAwayPulumi(work, searchPath), signal);
    return folders.map(readRendered);
  } catch (error) {
    if (signal?.aborted) throw new UserError("interrupted; nothing was written");
    if (!(error instanceof CommandError)) throw error;
    const what = errorLines(error.message);
    throw new UserError(
      `Pulumi could not render:\n${what}\nwhere a plugin is missing: npm run setup gets it`,
    );
  } finally {
    // Keys are in it.
    rmSync(work, { recursive: true, force: true });
  }
}

/** Of all that a failed `pulumi up` printed, what went wrong. */
function errorLines(message: string): string {
  const lines = message.split("\n").filter((line) => /^ {4}error: /.test(line));
  return lines.length > 0 ? [...new Set(lines)].join("\n") : message;
}

async function runProgram(
  program: () => void,
  work: string,
  variables: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<void> {
  // The Automation API looks for the CLI on this process's own path before it reads any variables.
  process.env["PATH"] = variables["PATH"];
  const project = "istio-lab-render";
  const stack = await LocalWorkspace.createStack(
    {
      stackName: "render",
      projectName: project,
      program: () => {
        program();
        return Promise.resolve();
      },
    },
    {
      envVars: { ...variables },
      workDir: join(work, "project"),
      // A scenario that forgets the provider fails here, and does not reach the current kubectl context.
      stackSettings: {
        render: { config: { "pulumi:disable-default-providers": '["kubernetes"]' } },
      },
    },
  );
  // A signal that came before `up` is not looked at again.
  signal?.throwIfAborted();
  await stack.up({ color: "never", ...(signal ? { signal } : {}) });
}

/** A step below a type of its own: a resource's identity holds its parents' types, so steps can share names. */
class RenderedStep extends pulumi.ComponentResource {}

function buildStep({ config, supply }: StepToRender, folder: string, index: number): void {
  const parent = new RenderedStep(`istio-lab:render:Step${index}`, `step-${index}`);
  const provider = new kubernetes.Provider(
    "yaml",
    {
      renderYamlToDirectory: folder,
      // Unset, it is $KUBECONFIG, which the provider refuses together with a folder.
      kubeconfig: "",
      // Without server-side apply the provider adds a label of its own, and refuses patches.
      enableServerSideApply: true,
    },
    { parent },
  );
  const opts = { parent, provider };
  const namespace = new kubernetes.core.v1.Namespace(
    "istio-namespace",
    { metadata: { name: istioNamespace } },
    opts,
  );
  applyObjects(
    supply.meshManifests.flatMap((text) => parseObjects(text)),
    opts,
  );
  buildScenarioStep(
    {
      config,
      supply,
      stageOpts: { parent },
      clusterOpts: opts,
      meshOpts: { ...opts, dependsOn: [] },
      istioNamespace: namespace.metadata.name,
    },
    findScenario(config.scenario),
    config.step,
  );
}
