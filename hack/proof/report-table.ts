import { styleText } from "node:util";
import Table from "cli-table3";
import type { ProofReport } from "./report-json.ts";
import type { Result } from "./run-proof.ts";

/** How the table is drawn. */
export interface TableLook {
  /** Columns of the terminal. @default 160 */
  readonly width?: number;
  readonly colours: boolean;
}

const defaultWidth = 160;
/** What status, tries, seconds and the lines between the columns take. */
const fixedWidth = 9 + 7 + 9 + 7;
const statusColours = { passed: "green", failed: "red", skipped: "yellow" } as const;

function observedText({ status, observed, reason }: Result): string {
  if (status === "passed" || reason === observed) return observed;
  return observed === "" ? reason : `${observed}\n${reason}`;
}

/** Such as "14 passed, 0 failed, 1 skipped". */
export function summaryLine({ summary }: ProofReport): string {
  return `${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`;
}

/** One plain line a row, for where a table would be cut up: `passed  name: observed (0.4 s)`. */
export function proofLines(report: ProofReport): string {
  return report.results
    .map(({ status, name, expected, observed, reason, seconds }) => {
      const time = ` (${seconds.toFixed(1)} s)`;
      if (status === "passed") return `passed   ${name}: ${observed}${time}`;
      if (status === "skipped") return `skipped  ${name}: ${reason}`;
      return `FAILED   ${name}: expected ${expected}; observed ${observed || "nothing"}; ${reason}${time}`;
    })
    .join("\n");
}

/** One line a row of the proof: status, name, expected, observed (with the reason, where it did not pass), tries, seconds. */
export function proofTable(
  report: ProofReport,
  { width = defaultWidth, colours }: TableLook,
): string {
  const wide = Math.max(15, Math.floor((width - fixedWidth) / 3));
  const table = new Table({
    head: ["status", "name", "expected", "observed", "tries", "seconds"],
    colWidths: [9, wide, wide, wide, 7, 9],
    colAligns: ["left", "left", "left", "left", "right", "right"],
    wordWrap: true,
    style: { head: colours ? ["bold"] : [], border: colours ? ["gray"] : [] },
  });
  for (const result of report.results) {
    const { name, status, expected, tries, seconds } = result;
    const shown = colours
      ? styleText(statusColours[status], status, { validateStream: false })
      : status;
    table.push([shown, name, expected, observedText(result), tries, seconds.toFixed(1)]);
  }
  return table.toString();
}
