import { Command } from "commander";
import type { Scenario } from "../../components/scenarios/scenario.ts";

/** What the command line asks for; texts as given, checked by `chooseStep`. */
export interface RenderOptions {
  readonly scenario: string;
  readonly step: string;
  /** Folder to write to. */
  readonly out: string;
  readonly replicas?: string;
  readonly domain?: string;
}

/**
 * Reads the command line; prints help, or what is wrong with it, and ends the process.
 * @param argv without node and script
 */
export function parseOptions(
  argv: readonly string[],
  scenarios: readonly Pick<Scenario, "id" | "steps">[],
): RenderOptions {
  return new Command("npm run render --")
    .description(
      "Writes everything a step applies as plain YAML that `kubectl apply -f DIR` takes.",
    )
    .requiredOption("--scenario <id>", "the lesson")
    .requiredOption("--step <id>", "how far into it")
    .requiredOption("--out <dir>", "folder to write to: new or empty")
    .option("--replicas <n>", "pods of the StatefulSet")
    .option("--domain <name>", "domain of the host names")
    .addHelpText("after", `\nScenarios and their steps:\n${listOf(scenarios)}`)
    .showHelpAfterError("(--help lists the scenarios and their steps)")
    .parse(argv, { from: "user" })
    .opts<RenderOptions>();
}

function listOf(scenarios: readonly Pick<Scenario, "id" | "steps">[]): string {
  return scenarios
    .map(({ id, steps }) => `  ${id}: ${steps.map((step) => step.id).join(", ")}`)
    .join("\n");
}
