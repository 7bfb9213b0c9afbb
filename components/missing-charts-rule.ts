import { existsSync } from "node:fs";
import type { LabConfig } from "./config.ts";
import type { Fault } from "./faults.ts";
import type { ChartSource } from "./supply.ts";
import { atVersion } from "./supply-with-config.ts";

/** The charts that {@link chartsAreHere} looks for; one that is in a repository only is got by each `up`. */
export interface ChartContext {
  readonly supply: {
    readonly istio: { readonly charts?: Readonly<Record<string, ChartSource>> };
    readonly metallbChart?: ChartSource;
  };
}

/** Charts that config asks for and set-up did not get, since config was another then: an `up` takes none over the network. */
export function chartsAreHere(
  { istioVersion, metallb, cluster }: Partial<LabConfig>,
  { supply }: ChartContext,
): Fault[] {
  const istio = Object.values(supply.istio.charts ?? {}).map((chart) =>
    istioVersion === undefined ? chart : atVersion(chart, istioVersion),
  );
  const faults: Fault[] = [];
  if (istio.some(isMissing)) {
    const given =
      istioVersion === undefined ? "not set, and the pinned" : `given "${istioVersion}", whose`;
    faults.push({
      problem: `istioVersion: ${given} charts are not on this machine`,
      fix: "npm run setup gets them, where that version is published",
    });
  }
  if (metallb && cluster === "kind" && supply.metallbChart && isMissing(supply.metallbChart)) {
    faults.push({
      problem: 'metallb: given "true", but its chart is not on this machine',
      fix: "npm run setup gets it",
    });
  }
  return faults;
}

function isMissing(chart: ChartSource): boolean {
  return "folder" in chart && !existsSync(chart.folder);
}
