import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CommanderError } from "commander";
import { scenarios } from "../../components/scenarios/registry.ts";
import { handlingSignals, runCommand } from "../lab/command.ts";
import { openLab } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { setUp } from "../lab/set-up.ts";
import { UserError } from "../toolchain/phase.ts";
import { liveTourLab, stackFolder } from "./live-tour-lab.ts";
import type { LiveTourLab } from "./live-tour-lab.ts";
import { parseOptions } from "./options.ts";
import type { TourOptions } from "./options.ts";
import { chooseStops } from "./plan.ts";
import { clock, progressLines } from "./progress-lines.ts";
import { tourJunit } from "./report-junit.ts";
import { tourHtml } from "./report/html.ts";
import { planTour, runTour, tourLine } from "./run-tour.ts";
import { tourNotes } from "./saved-tour.ts";
import type { TourReport } from "./tour-report.ts";

/** npm runs scripts in the checkout; a relative path is where the user stands. */
function fileOf(given: string): string {
  return resolve(process.env["INIT_CWD"] ?? ".", given);
}

/** @throws UserError when the file can't be written */
function write(option: string, given: string, text: string, flag: "w" | "a" = "w"): void {
  try {
    const file = fileOf(given);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag });
  } catch (error) {
    throw new UserError(`--${option} ${given} can't be written: ${(error as Error).message}`);
  }
}

const reports = {
  json: (report: TourReport) => `${JSON.stringify(report, null, 2)}\n`,
  junit: tourJunit,
  report: tourHtml,
} as const;

type ReportKind = keyof typeof reports;

/** Those of the options, and the file of each. */
function askedReports(options: TourOptions): readonly (readonly [ReportKind, string])[] {
  return (Object.keys(reports) as ReportKind[]).flatMap((kind) => {
    const file = options[kind];
    return file === undefined ? [] : [[kind, file] as const];
  });
}

async function restore(lab: LiveTourLab): Promise<boolean> {
  process.stderr.write("going back to the configured step\n");
  const { succeeded, errors } = await lab.restore();
  if (!succeeded) process.stderr.write(`pulumi up failed: ${errors.join("; ")}\n`);
  return succeeded;
}

async function tour(options: TourOptions, opened: Lab, stop: AbortController): Promise<number> {
  const lab = await liveTourLab(opened, stop.signal, (line) => process.stderr.write(`${line}\n`));
  const notes = tourNotes(stackFolder(opened.stack));
  const planned = planTour(scenarios, options, { lab, notes, now: new Date() });
  const progress = progressLines(planned.stops, notes.times(), process.stderr);
  const touring = { scenarios, lab, options, notes, progress, signal: stop.signal };
  const report = await runTour(planned, touring).finally(() => {
    progress.clear();
  });
  for (const [kind, file] of askedReports(options)) write(kind, file, reports[kind](report));
  process.stdout.write(`${tourLine(report, clock(report.summary.seconds))}\n`);
  stop.signal.throwIfAborted();
  const restored = !options.restore || (await restore(lab));
  return report.summary.failed === 0 && restored ? 0 : 1;
}

async function main(): Promise<number> {
  const stop = new AbortController();
  try {
    const options = parseOptions(process.argv.slice(2));
    // A wrong id, or a file that can't be written, is refused before the minutes it takes, not after.
    if (!options.resume) chooseStops(scenarios, options);
    for (const [kind, file] of askedReports(options)) write(kind, file, "", "a");
    const { kind } = await setUp();
    const opened = await openLab(kind);
    // The proof runs in this process, and starts kubectl and openssl as they are in the lab's shell.
    Object.assign(process.env, opened.variables);
    return await handlingSignals(
      () => {
        if (stop.signal.aborted) return;
        process.stderr.write("\ninterrupted: ending what runs\n");
        stop.abort();
      },
      () => tour(options, opened, stop),
    );
  } catch (error) {
    if (stop.signal.aborted) {
      process.stderr.write("npm run tour -- --resume goes on from here\n");
      return 130;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

await runCommand(main);
// A proof that was interrupted may still be looking.
process.exit(process.exitCode);
