import { CommanderError } from "commander";
import { scenarios } from "../../components/scenarios/registry.ts";
import { getImages } from "../images/get-images.ts";
import { runningNode } from "../images/running-node.ts";
import { stackSupply } from "../images/stack-supply.ts";
import { handlingSignals, runCommand } from "../lab/command.ts";
import { openLab } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { setUp } from "../lab/set-up.ts";
import { readStackFacts } from "../lab/stack.ts";
import { root } from "../toolchain/paths.ts";
import { UserError } from "../toolchain/phase.ts";
import { liveTourLab, stackFolder } from "./live-tour-lab.ts";
import type { LiveTourLab } from "./live-tour-lab.ts";
import { parseOptions } from "./options.ts";
import type { TourOptions } from "./options.ts";
import { chooseStops } from "./plan.ts";
import { clock, progressLines } from "./progress-lines.ts";
import { checkReportFiles, writeReports } from "./report-files.ts";
import { planTour, runTour, stopsAhead, tourLine } from "./run-tour.ts";
import type { Planned } from "./run-tour.ts";
import { tourNotes } from "./saved-tour.ts";
import type { TourNotes } from "./saved-tour.ts";
import { prepareImages } from "./tour-images.ts";

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A tour that is ready to begin. */
interface Ready {
  readonly lab: LiveTourLab;
  readonly planned: Planned;
  readonly notes: TourNotes;
}

async function prepare(options: TourOptions, opened: Lab, stop: AbortSignal): Promise<Ready> {
  const { stack } = opened;
  const folder = stackFolder(stack);
  const lab = await liveTourLab(opened, stop, say);
  const notes = tourNotes(folder);
  const planned = planTour(scenarios, options, { lab, notes, now: new Date() });
  await prepareImages(stopsAhead(planned, lab), {
    supply: stackSupply(readStackFacts(root, stack)),
    findNode: () => runningNode(folder),
    get: getImages,
    say,
  });
  return { lab, planned, notes };
}

async function tour(
  { lab, planned, notes }: Ready,
  options: TourOptions,
  signal: AbortSignal,
): Promise<number> {
  const progress = progressLines(planned.stops, notes.times(), process.stderr);
  const touring = { scenarios, lab, options, notes, progress, signal };
  const report = await runTour(planned, touring).finally(() => {
    progress.clear();
  });
  writeReports(options, report);
  process.stdout.write(`${tourLine(report, clock(report.summary.seconds))}\n`);
  signal.throwIfAborted();
  const restored = !options.restore || (await restore(lab));
  return report.summary.failed === 0 && restored ? 0 : 1;
}

async function restore(lab: LiveTourLab): Promise<boolean> {
  say("going back to the configured step");
  const { succeeded, errors } = await lab.restore();
  if (!succeeded) say(`pulumi up failed: ${errors.join("; ")}`);
  return succeeded;
}

async function main(): Promise<number> {
  const stop = new AbortController();
  try {
    const options = parseOptions(process.argv.slice(2));
    // A wrong id is refused before anything is set up.
    if (!options.resume) chooseStops(scenarios, options);
    checkReportFiles(options);
    const { kind } = await setUp();
    const opened = await openLab(kind);
    // The proof runs in this process, and starts kubectl and openssl as they are in the lab's shell.
    Object.assign(process.env, opened.variables);
    const ready = await prepare(options, opened, stop.signal);
    return await handlingSignals(
      () => {
        if (stop.signal.aborted) return;
        say("\ninterrupted: ending what runs");
        stop.abort();
      },
      () => tour(ready, options, stop.signal),
    );
  } catch (error) {
    if (stop.signal.aborted) {
      say("npm run tour -- --resume goes on from here");
      return 130;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UserError)) throw error;
    say(error.message);
    return 2;
  }
}

await runCommand(main);
// A proof that was interrupted may still be looking.
process.exit(process.exitCode);
