import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UserError } from "../toolchain/phase.ts";
import type { TourOptions } from "./options.ts";
import { tourJunit } from "./report-junit.ts";
import { tourHtml } from "./report/html.ts";
import type { TourReport } from "./tour-report.ts";

/** By option, what its file holds. */
const contents = {
  json: (report: TourReport) => `${JSON.stringify(report, null, 2)}\n`,
  junit: tourJunit,
  report: tourHtml,
} as const;

type ReportKind = keyof typeof contents;

/** The files that a tour's options ask for. */
export type ReportFiles = Pick<TourOptions, ReportKind>;

/**
 * Refuses what can't be written, before the minutes that a tour takes and not after.
 * @throws UserError naming the option and the file
 */
export function checkReportFiles(files: ReportFiles): void {
  for (const [kind, file] of asked(files)) write(kind, file, "", "a");
}

/**
 * Writes the reports that are asked for.
 * @throws UserError naming the option and the file that can't be written
 */
export function writeReports(files: ReportFiles, report: TourReport): void {
  for (const [kind, file] of asked(files)) write(kind, file, contents[kind](report), "w");
}

function asked(files: ReportFiles): readonly (readonly [ReportKind, string])[] {
  return (Object.keys(contents) as ReportKind[]).flatMap((kind) => {
    const file = files[kind];
    return file === undefined ? [] : [[kind, file] as const];
  });
}

function write(kind: ReportKind, given: string, text: string, flag: "w" | "a"): void {
  // npm runs scripts in the checkout; a relative path is where the user stands.
  const file = resolve(process.env["INIT_CWD"] ?? ".", given);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag });
  } catch (error) {
    throw new UserError(`--${kind} ${given} can't be written: ${(error as Error).message}`);
  }
}
