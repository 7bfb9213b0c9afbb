import { existsSync, mkdirSync, readlinkSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { chartFolder } from "../../components/chart-folder.ts";
import { imageParts } from "../../components/supply-parts.ts";
import { officialSupply } from "../../components/supply.ts";
import type { ChartSource, Supply, SupplyPart } from "../../components/supply.ts";
import { charts, type PinnedChart, type PinnedFile } from "../../components/versions.ts";
import { chartPhase, chartsDir } from "./charts.ts";
import { findTool } from "./find-tool.ts";
import { gatewayApiFile, gatewayApiPhase } from "./gateway-api.ts";
import { installTool, isInstalled, toolFolder } from "./install-tool.ts";
import type { OfficialTool } from "./official-tools.ts";
import type { Phase } from "./phase.ts";
import { pluginPhase } from "./pulumi-plugins.ts";
import type { PulumiPlugin } from "./pulumi-plugins.ts";
import { parseVersion } from "./semantic-version.ts";
import { isSaved, saveSupply } from "./supply-file.ts";

const found = "found on this machine";
const downloaded = "downloaded";

/** What the official supply works with; tests give their own. */
export interface OfficialSetting {
  readonly tools: readonly OfficialTool[];
  readonly plugins: readonly PulumiPlugin[];
  /** Charts that the stack needs. */
  readonly charts: readonly PinnedChart[];
  /** The Gateway API's definitions. */
  readonly gatewayApi: PinnedFile;
  /** Shared by all checkouts. */
  readonly cache: string;
  /** Of this checkout: a link for each tool, which PATH begins with. */
  readonly binDir: string;
  readonly searchPath: string;
  /** The home that Pulumi is given, which holds its plugins. */
  readonly pulumiHome: string;
  /** The supply saved by an earlier run. */
  readonly saved: Supply | undefined;
  readonly supplyFile: string;
}

/** The phases that get the official tools, plugins, charts and the Gateway API, one each, and write the supply file. */
export function officialPhases(setting: OfficialSetting): readonly Phase[] {
  const parts = new Map<string, SupplyPart>();
  for (const part of setting.saved?.parts ?? []) parts.set(part.name, part);
  const pulumi = join(setting.binDir, "pulumi");
  return [
    ...setting.tools.map((tool) => toolPhase(tool, setting, parts)),
    ...setting.plugins.map((plugin) => pluginPhase(pulumi, setting.pulumiHome, plugin)),
    ...setting.charts.map((chart) => chartPhase(setting.cache, chart)),
    gatewayApiPhase(setting.cache, setting.gatewayApi),
    supplyPhase(setting, parts),
  ];
}

function toolPhase(
  tool: OfficialTool,
  setting: OfficialSetting,
  parts: Map<string, SupplyPart>,
): Phase {
  const link = join(setting.binDir, tool.name);
  const own = join(toolFolder(setting.cache, tool), tool.name);
  return {
    title: `${tool.name} ${tool.version}`,
    url: tool.url,
    done: () => Promise.resolve(isCurrent(tool, link, own, parts.get(tool.name))),
    async run(report) {
      report(`look for ${tool.name}`);
      const has = await findTool(tool, setting.searchPath, [setting.binDir]);
      if (!has && !(await isInstalled(setting.cache, tool))) {
        await installTool(setting.cache, tool, report);
      }
      relink(link, has?.path ?? own);
      parts.set(tool.name, {
        name: tool.name,
        version: has?.version ?? tool.version,
        from: has ? found : downloaded,
      });
    },
  };
}

function isCurrent(
  tool: OfficialTool,
  link: string,
  own: string,
  part: SupplyPart | undefined,
): boolean {
  // existsSync follows the link: false when the tool behind it was removed.
  if (part === undefined || !existsSync(link)) return false;
  if (part.from !== found) return readlinkSync(link) === own;
  const version = parseVersion(part.version);
  return version !== undefined && tool.accepts(version);
}

function relink(link: string, target: string): void {
  mkdirSync(join(link, ".."), { recursive: true });
  const part = `${link}.${process.pid}.part`;
  symlinkSync(target, part);
  renameSync(part, link);
}

function supplyPhase(setting: OfficialSetting, parts: ReadonlyMap<string, SupplyPart>): Phase {
  const fetched = (chart: PinnedChart): ChartSource => ({
    ...chart,
    folder: chartFolder(chartsDir(setting.cache), chart),
  });
  const supply = (): Supply => ({
    ...officialSupply,
    istio: {
      ...officialSupply.istio,
      charts: {
        base: fetched(charts.base),
        istiod: fetched(charts.istiod),
        gateway: fetched(charts.gateway),
      },
    },
    gatewayApi: gatewayApiFile(setting.cache, setting.gatewayApi),
    metallbChart: fetched(charts.metallb),
    parts: [
      ...setting.tools.flatMap((tool) => parts.get(tool.name) ?? []),
      ...setting.plugins.map(({ name, version }) => ({
        name: `pulumi-resource-${name}`,
        version,
        from: "installed by the Pulumi CLI",
      })),
      { name: "gateway-api", version: setting.gatewayApi.version, from: downloaded },
      ...imageParts(officialSupply),
    ],
  });
  return {
    title: "write .lab/supply.json",
    done: () => Promise.resolve(isSaved(supply(), setting.supplyFile)),
    run() {
      saveSupply(supply(), setting.supplyFile);
      return Promise.resolve();
    },
  };
}
