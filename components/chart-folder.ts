import { join } from "node:path";
import type { PinnedChart } from "./versions.ts";

/** The folder of an unpacked chart, among those of all charts and versions. */
export function chartFolder(
  charts: string,
  { name, version }: Pick<PinnedChart, "name" | "version">,
): string {
  return join(charts, `${name}-${version}`);
}
