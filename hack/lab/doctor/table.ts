import Table from "cli-table3";
import type { CheckResult } from "./checks.ts";

/** The results as a table for the terminal, without colours, so that it reads the same in a log. */
export function checkTable(results: readonly CheckResult[]): string {
  const table = new Table({
    head: ["check", "status", "found", "hint"],
    style: { head: [], border: [] },
    colWidths: [12, 9, 36, 60],
    wordWrap: true,
  });
  for (const { id, status, found, hint } of results) table.push([id, status, found, hint ?? ""]);
  return table.toString();
}
