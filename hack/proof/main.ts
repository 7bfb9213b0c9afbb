import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CommanderError } from "commander";
import type { Expectation } from "../../components/scenarios/expectation.ts";
import type { LabOutputs } from "../../components/scenarios/scenario.ts";
import { root } from "../toolchain/paths.ts";
import { UserError } from "../toolchain/phase.ts";
import { chooseRows } from "./choose-rows.ts";
import { liveLines } from "./live-lines.ts";
import { liveWorld } from "./live-world.ts";
import { parseOptions } from "./options.ts";
import type { ProofOptions } from "./options.ts";
import { reach } from "./reach.ts";
import { readOutputs } from "./read-outputs.ts";
import { proofReport } from "./report-json.ts";
import type { ProofReport } from "./report-json.ts";
import { proofLines, proofTable, summaryLine } from "./report-table.ts";
import { runProof } from "./run-proof.ts";
import type { ProofWorld, Result } from "./run-proof.ts";
import { whatToTry } from "./what-to-try.ts";

const { stdout } = process;

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new UserError(`${file} can't be written: ${(error as Error).message}`);
  }
}

/** Runs with live lines on a terminal, silently elsewhere. */
async function prove(
  rows: readonly Expectation[],
  lab: LabOutputs,
  options: ProofOptions,
  world: ProofWorld,
): Promise<readonly Result[]> {
  const rules = {
    limits: lab.supply.limits,
    noDisrupt: !options.disrupt,
    ...(options.deadline === undefined ? {} : { deadlineSeconds: options.deadline }),
    ...(options.hold === undefined ? {} : { holdSeconds: options.hold }),
  };
  if (!stdout.isTTY) return runProof(rows, rules, world);
  const lines = liveLines(rows, stdout);
  try {
    return await runProof(rows, rules, { ...world, progress: lines.progress });
  } finally {
    lines.clear();
  }
}

function print(
  report: ProofReport,
  rows: readonly Expectation[],
  lab: LabOutputs,
  lines: boolean,
): void {
  const table = lines
    ? proofLines(report)
    : proofTable(report, {
        colours: stdout.isTTY && stdout.hasColors(),
        ...(stdout.isTTY ? { width: stdout.columns } : {}),
      });
  const failed = report.results.filter(({ status }) => status === "failed");
  const hints = failed.flatMap(({ name }) => {
    const row = rows.find((candidate) => candidate.name === name);
    return row === undefined
      ? []
      : [`${name}; to see for yourself:`, `  ${whatToTry(lab, row.check)}`];
  });
  const title = `${report.scenario}, step ${report.step} (${report.supply} supply)`;
  stdout.write(`${[title, table, ...hints, summaryLine(report)].join("\n")}\n`);
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  // The scenarios bring Pulumi's SDK with them, which takes a while to load: meanwhile the outputs are read.
  const registry = import("../../components/scenarios/registry.ts");
  registry.catch(() => {});
  const outputs = await readOutputs(options.outputs, root);
  const reached = reach(outputs);
  reached.catch(() => {});
  const { lab, rows } = chooseRows((await registry).scenarios, outputs, options);
  await reached;
  const results = await prove(rows, lab, options, liveWorld(outputs));
  const report = proofReport(lab, results);
  print(report, rows, lab, options.lines ?? false);
  if (options.json !== undefined) await write(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (options.junit !== undefined) {
    const { junitReport } = await import("./report-junit.ts");
    await write(options.junit, junitReport(report));
  }
  return report.summary.failed === 0 ? 0 : 1;
}

/** Exit code for a fault that is not a row's; its message has been printed. */
function faultCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return 2;
}

try {
  process.exitCode = await main();
} catch (error) {
  // At once: the scenarios, which nobody waits for any more, may still be loading.
  process.exit(faultCode(error));
}
