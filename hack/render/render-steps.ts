import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import type { LabConfig } from "../../components/config.ts";
import { applyManifest, parseObjects } from "../../components/kubernetes-manifest.ts";
import { findScenario } from "../../components/scenarios/registry.ts";
import type { Supply } from "../../components/supply.ts";
import { throwAwayPulumi } from "./pulumi-home.ts";
import { readRendered } from "./read-rendered.ts";
import type { RenderedObject } from "./read-rendered.ts";

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
 * @returns the objects of each step, in the order of `steps`
 * @throws UserError when there is no Pulumi CLI
 */
export async function renderSteps(
  steps: readonly StepToRender[],
  searchPath: string,
): Promise<readonly RenderedObject[][]> {
  const work = realpathSync(mkdtempSync(join(tmpdir(), "istio-lab-render-")));
  const remove = (): void => rmSync(work, { recursive: true, force: true });
  // Keys are in it: an exit on a signal must not leave it behind.
  process.once("exit", remove);
  try {
    const folders = steps.map((_, index) => join(work, `rendered-${index}`));
    await runProgram(await throwAwayPulumi(work, searchPath), () => {
      for (const [index, step] of steps.entries()) buildStep(step, folders[index] ?? "", index);
    });
    return folders.map(readRendered);
  } finally {
    remove();
    process.off("exit", remove);
  }
}

async function runProgram(
  variables: Readonly<Record<string, string>>,
  program: () => void,
): Promise<void> {
  // The Automation API looks for the CLI on this process's own path before it reads any variables.
  process.env["PATH"] = variables["PATH"];
  const stack = await LocalWorkspace.createStack(
    {
      stackName: "render",
      projectName: "istio-lab-render",
      program: () => Promise.resolve(program()),
    },
    {
      envVars: { ...variables },
      projectSettings: {
        name: "istio-lab-render",
        runtime: "nodejs",
        // A scenario that forgets the provider fails here, and does not reach the current kubectl context.
        config: { "pulumi:disable-default-providers": { value: ["kubernetes"] } },
      },
    },
  );
  await stack.up({ color: "never" });
}

/** A step below a type of its own: a resource's identity holds its parents' types, so steps can share names. */
class RenderedStep extends pulumi.ComponentResource {}

function buildStep({ config, supply }: StepToRender, folder: string, index: number): void {
  const parent = new RenderedStep(`istio-lab:render:Step${index}`, `step-${index}`);
  const provider = new kubernetes.Provider(
    "yaml",
    // Without server-side apply the provider adds a label of its own, and refuses patches.
    { renderYamlToDirectory: folder, enableServerSideApply: true },
    { parent },
  );
  const opts = { parent, provider };
  const namespace = new kubernetes.core.v1.Namespace(
    "istio-namespace",
    { metadata: { name: istioNamespace } },
    opts,
  );
  applyManifest("istio-supply", supply.meshManifests.flatMap(parseObjects), opts);
  findScenario(config.scenario).build(
    {
      config,
      supply,
      stageOpts: { parent },
      clusterOpts: opts,
      meshOpts: { ...opts, dependsOn: [] },
      istioNamespace: namespace.metadata.name,
    },
    config.step,
  );
}
