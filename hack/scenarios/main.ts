import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { scenarios } from "../../components/scenarios/registry.ts";
import type { LabOutputs, Scenario, Step } from "../../components/scenarios/scenario.ts";
import { readSupply } from "../../components/supply.ts";
import { runCommand } from "../lab/command.ts";
import { pulumiHomes } from "../lab/environment.ts";
import { stateFolder } from "../lab/settle-state.ts";
import { currentStackFacts } from "../lab/stack.ts";
import { labDir, root, supplyFile } from "../toolchain/paths.ts";
import { UserError } from "../toolchain/phase.ts";
import { configuredValues, deployedOutputs } from "./current-step.ts";
import { expectedOutputs } from "./expected-outputs.ts";
import type { StackSettings } from "./expected-outputs.ts";
import { findLesson } from "./find-lesson.ts";
import { scenarioList } from "./list.ts";
import type { Current } from "./list.ts";
import { settingsToGo, story } from "./story.ts";
import type { HandsOn } from "./story.ts";

const program = new Command("npm run scenarios --")
  .description(
    "Lists the scenarios and their steps, or tells what one of them shows and what to try.",
  )
  .argument("[name]", "SCENARIO or SCENARIO/STEP: tell its story")
  .addHelpText("after", "\nExit code: 0, or 2 for a name that is not there.")
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

/** Text of a file of the checkout; empty when it is not there. */
function textOf(name: string): string {
  try {
    return readFileSync(join(root, name), "utf8");
  } catch {
    return "";
  }
}

function whereWeAre(raw: StackSettings["raw"], deployed: LabOutputs | undefined): Current {
  if (deployed) return { scenario: deployed.scenario, step: deployed.step, deployed: true };
  const scenario = raw["scenario"] ?? "";
  const first = scenarios.find(({ id }) => id === scenario)?.steps[0]?.id;
  return { scenario, step: raw["step"] || (first ?? ""), deployed: false };
}

async function tell(
  scenario: Scenario,
  steps: readonly Step[],
  settings: StackSettings,
  deployed: LabOutputs | undefined,
): Promise<readonly HandsOn[]> {
  const parts: HandsOn[] = [];
  for (const step of steps) {
    const there = deployed?.scenario === scenario.id && deployed.step === step.id;
    const outputs = there ? deployed : await expectedOutputs(settings, scenario, step.id);
    const commands = scenario.tryIt(outputs, step.id);
    const toGo = settingsToGo(scenario, step, settings.raw);
    parts.push({ step, settings: toGo, commands, lookFor: scenario.lookFor(step.id) });
  }
  return parts;
}

async function main(): Promise<number> {
  const { stack, project } = currentStackFacts(root, pulumiHomes(process.env, labDir));
  const raw = configuredValues(textOf("Pulumi.yaml"), textOf(`Pulumi.${stack}.yaml`));
  const place = { backend: process.env["PULUMI_BACKEND_URL"], state: stateFolder };
  const deployed = deployedOutputs(place, project, stack);
  const current = whereWeAre(raw, deployed);
  const [name] = program.args;
  if (name === undefined) {
    process.stdout.write(`${scenarioList(scenarios, current)}\n`);
    return 0;
  }
  try {
    const { scenario, step } = findLesson(scenarios, name);
    const settings = {
      stack,
      folder: join(labDir, stack),
      raw,
      supply: readSupply(supplyFile),
      scenarios,
    };
    const parts = await tell(scenario, step ? [step] : scenario.steps, settings, deployed);
    process.stdout.write(`${story(scenario, parts, current)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

await runCommand(main);
// Pulumi's mocks keep waiting for more.
process.exit(process.exitCode);
