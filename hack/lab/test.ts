import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { cacheDir, labDir, root } from "../toolchain/paths.ts";
import { runCommand } from "./command.ts";
import { openLab } from "./lab.ts";
import { runInLab } from "./run-in-lab.ts";
import { setUp } from "./set-up.ts";
import { whyNoInternet } from "./simulated-internet.ts";

/** The parts of vitest's JSON report that are counted. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const program = new Command("npm test --")
  .description("Sets up what the tests need, then runs them: unit, engine and end to end.")
  .argument("[arguments...]", "passed on to vitest, such as --project unit")
  .allowUnknownOption()
  .parse();

await runCommand(async () => {
  const { kind } = await setUp();
  const lab = await openLab(kind);
  const file = join(labDir, "test-report.json");
  const code = await runInLab(
    // Checkouts that the end-to-end tests make share this one's downloads and builds.
    { ...lab, variables: { ...lab.variables, LAB_CACHE: cacheDir } },
    "vitest",
    [
      ...["run", "--root", root, "--reporter=json"],
      // Without a terminal a line a test, as it ends, is the only sign of life.
      `--reporter=${process.stdout.isTTY ? "default" : "verbose"}`,
      ...[`--outputFile.json=${file}`, ...program.args],
    ],
  );
  const report = JSON.parse(await readFile(file, "utf8")) as Report;
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + report.testResults.filter(isBroken).length;
  const missing = program.args.length > 0 ? [] : levelsWithoutPass(report);
  for (const level of missing) process.stderr.write(`no test of test/${level} passed\n`);
  process.stdout.write(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  return missing.length === 0 ? code : 1;
});

/** True for a file that failed without a test that did: it could not be loaded. */
function isBroken({ status, assertionResults }: Report["testResults"][number]): boolean {
  return status === "failed" && !assertionResults.some((test) => test.status === "failed");
}

/** Of the levels that need more than Node, those that must run on this machine and did not. */
function levelsWithoutPass({ testResults }: Report): readonly string[] {
  const reason = whyNoInternet();
  if (reason !== undefined) process.stderr.write(`no internet was simulated: ${reason}\n`);
  const levels = reason === undefined ? ["e2e", "official"] : ["e2e"];
  return levels.filter(
    (level) =>
      !testResults.some(
        ({ name, assertionResults }) =>
          name.includes(`/test/${level}/`) &&
          assertionResults.some(({ status }) => status === "passed"),
      ),
  );
}
