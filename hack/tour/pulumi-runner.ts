import { execa } from "execa";
import { UserError } from "../toolchain/phase.ts";
import { readEvents } from "./engine-events.ts";
import type { EngineResult } from "./engine-events.ts";

/** One Pulumi command on the lab's stack, ended. */
export interface PulumiRun extends EngineResult {
  readonly succeeded: boolean;
  /** Wall clock. */
  readonly seconds: number;
}

/** Applies and previews a config file. */
export interface PulumiRunner {
  up(configFile: string): Promise<PulumiRun>;
  /** Fails when anything would change. */
  preview(configFile: string): Promise<PulumiRun>;
}

/**
 * Pulumi's CLI, one process a command: the Automation API starts four (select, up, outputs twice), half a second each,
 * and what it gives besides is in the events anyway.
 * @param folder of Pulumi.yaml
 * @param env of the lab
 * @param signal ends Pulumi in order
 */
export function pulumiRunner(
  folder: string,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): PulumiRunner {
  const run = async (args: readonly string[], configFile: string): Promise<PulumiRun> => {
    signal.throwIfAborted();
    const began = performance.now();
    const common = ["--non-interactive", "--json", "--suppress-outputs"];
    const result = await execa("pulumi", [...args, ...common, "--config-file", configFile], {
      cwd: folder,
      // A preview too gives its events, not one document at the end.
      env: { ...env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" },
      reject: false,
      stdin: "ignore",
      // In a group of its own a terminal's Ctrl-C does not reach it a second time: Pulumi would then end at once.
      detached: true,
      cancelSignal: signal,
      killSignal: "SIGINT",
      forceKillAfterDelay: 120_000,
    });
    signal.throwIfAborted();
    if (result.exitCode === undefined) throw new UserError(`pulumi: ${result.shortMessage ?? ""}`);
    const seen = readEvents(result.stdout.split("\n"));
    const succeeded = result.exitCode === 0;
    const stderr = result.stderr.trim();
    const errors = !succeeded && seen.errors.length === 0 && stderr ? [stderr] : seen.errors;
    return { ...seen, errors, succeeded, seconds: (performance.now() - began) / 1000 };
  };
  return {
    up: (file) => run(["up", "--yes", "--skip-preview"], file),
    preview: (file) => run(["preview", "--expect-no-changes"], file),
  };
}
