import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { CaFile } from "../ca-file.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { imagesOfRoles, NodeImages } from "../cluster/node-images.ts";
import { ConfigError } from "../faults.ts";
import type { LabSettings } from "../lab-settings.ts";
import { stepFaults } from "../stage/step-faults.ts";
import { Stage } from "../stage/stage.ts";
import type { Supply } from "../supply.ts";
import type { ImageRole } from "../versions.ts";
import { buildStep } from "./build-step.ts";
import { findStep } from "./registry.ts";
import type { Lab, Scenario, ScenarioOutputs } from "./scenario.ts";

/** An add-on that can't be had does without; what a scenario can't do without was refused. */
const canBeHad =
  ({ missingImages }: Pick<Supply, "missingImages">) =>
  (role: ImageRole): boolean =>
    !(role in missingImages);

/** Arguments of {@link stageStep}. */
export interface StageStepArgs extends LabSettings, Pick<Lab, "istioNamespace"> {
  readonly cluster: Cluster;
  /** Folder of this stack, absolute. */
  readonly stackFolder: string;
  /** For what needs the cluster alone. */
  readonly clusterOpts: pulumi.ComponentResourceOptions;
  /** What has to be there before pods and Istio objects. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** A step on its stage. */
export interface StagedStep {
  readonly stage: Stage;
  readonly built: ScenarioOutputs;
  /** Keys of the step's objects. */
  readonly objects: readonly string[];
  /** File with the certificate of the authority that signed the step's leaf certificates. */
  readonly caCertPath?: pulumi.Output<string>;
}

/**
 * Builds the configured step of a scenario on a stage, once its images are in the node.
 * @throws ConfigError listing every object of somebody else's that is in the step's way, see `stepFaults`
 */
export async function stageStep(scenario: Scenario, args: StageStepArgs): Promise<StagedStep> {
  const { config, supply, cluster, clusterOpts } = args;
  const { sidecars = true, addOns = [] } = findStep(scenario, config.step);
  const roles = [...(scenario.images ?? []), ...addOns, ...config.addons];
  const images = new NodeImages(
    "images",
    { supply, cluster, images: imagesOfRoles(supply, roles.filter(canBeHad(supply))) },
    clusterOpts,
  );
  const stage = new Stage("scenario", { ...args.stage, sidecars });
  const onStage = { ...clusterOpts, parent: stage };
  const lab: Lab = {
    config,
    supply,
    istioNamespace: args.istioNamespace,
    stageOpts: { parent: stage },
    clusterOpts: onStage,
    meshOpts: { ...onStage, dependsOn: [...args.dependsOn, images] },
  };
  const built = buildStep(lab, scenario, config.step);
  const { kubeconfigPath, kubeContext } = cluster;
  const theirs =
    config.cluster === "existing"
      ? { kubeconfigPath, kubeContext, stack: pulumi.getStack() }
      : undefined;
  const faults = await stepFaults(stage, args.stage, theirs);
  if (faults.length > 0) throw new ConfigError(faults);
  const { caCertPem: certPem } = built;
  if (!certPem) return { stage, built, objects: stage.keys };
  const { path } = new CaFile("ca-file", { path: join(args.stackFolder, "ca.crt"), certPem });
  return { stage, built, objects: stage.keys, caCertPath: path };
}
