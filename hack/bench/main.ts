import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { handlingSignals, runCommand } from "../lab/command.ts";
import { setUp } from "../lab/set-up.ts";
import { UserError } from "../toolchain/phase.ts";
import { removeNetwork } from "./clusters.ts";
import { withBenchLock } from "./lock.ts";
import { parseOptions } from "./options.ts";
import { workFolder } from "./places.ts";
import { removeLeftovers } from "./prepare.ts";
import { removeBenchClusters, runBench } from "./run-bench.ts";
import { benchTables } from "./table.ts";
import { readTourTimes, tourLine, withTour } from "./tour-goals.ts";
import type { TourTimes } from "./tour-goals.ts";

const { runs, json, tour } = parseOptions(process.argv.slice(2));
// npm runs scripts in the checkout; a relative path is where the user stands.
const here = process.env["INIT_CWD"] ?? ".";
const file = json === undefined ? undefined : resolve(here, json);
const begun = performance.now();

function say(line: string): void {
  const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`[${seconds} s] ${line}\n`);
}

/** @throws UserError when the file can't be written */
function write(path: string, text: string, flag: "w" | "a" = "w"): void {
  try {
    writeFileSync(path, text, { flag });
  } catch (error) {
    throw new UserError(`--json ${path} can't be written: ${(error as Error).message}`);
  }
}

async function bench(stop: AbortController, toured: TourTimes | undefined): Promise<number> {
  await removeLeftovers(say);
  try {
    const report = withTour(await runBench(runs, stop.signal, say), toured);
    const text = `${JSON.stringify(report, null, 2)}\n`;
    if (file !== undefined) write(file, text);
    process.stdout.write(`${benchTables(report)}\n`);
    if (toured !== undefined) process.stdout.write(`${tourLine(toured)}\n`);
    return 0;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    return 130;
  } finally {
    say("removing what is left of clusters and files");
    await removeBenchClusters();
    await removeNetwork();
    await rm(workFolder, { recursive: true, force: true });
  }
}

await runCommand(async () => {
  // A file that can't be written is refused before the minutes it takes, not after.
  if (file !== undefined) write(file, "", "a");
  const toured = tour === undefined ? undefined : readTourTimes(resolve(here, tour));
  await setUp();
  const stop = new AbortController();
  return withBenchLock(() =>
    handlingSignals(
      () => {
        if (stop.signal.aborted) return;
        say("interrupted: ending what runs");
        stop.abort();
      },
      () => bench(stop, toured),
    ),
  );
});
