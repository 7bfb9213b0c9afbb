import { setGlobalProxyFromEnv } from "node:http";
import { join } from "node:path";
import { charts, gatewayApi, type PinnedChart } from "../../components/versions.ts";
import { pulumiHome } from "../lab/environment.ts";
import type { StackFacts } from "../lab/stack.ts";
import { chooseSupply } from "./choose-supply.ts";
import type { SupplyChoice, SupplyKind } from "./choose-supply.ts";
import { cacheDir, labDir, root, supplyFile } from "./paths.ts";
import type { Phase } from "./phase.ts";
import { currentPlatform } from "./platform.ts";
import { isSaved, saveSupply, savedSupply } from "./supply-file.ts";

/** How long a place may take to answer before it counts as out of reach. */
const probeMs = 3_000;

/** Links to the official tools of this checkout. */
export const officialBinDir = join(labDir, "bin");

/** Tools that come with npm: Node above all. */
export const npmBinDir = join(root, "node_modules", ".bin");

/**
 * The supply this checkout uses: the one LAB_SUPPLY names, else the saved one, else what can be reached.
 * @param refresh forget the saved one and look again
 * @throws UserError when nothing can be reached
 */
export async function currentChoice(
  stack: Pick<StackFacts, "imageRegistry">,
  refresh = false,
): Promise<SupplyChoice> {
  const forced = process.env["LAB_SUPPLY"];
  const saved = savedSupply();
  if (!refresh && saved && (forced === undefined || forced === "")) {
    return { kind: saved.kind, why: "chosen earlier; npm run setup -- --refresh looks again" };
  }
  setGlobalProxyFromEnv();
  const [{ npmRegistryAnswers, officialPlaces, whyUnreachable }, { pulumiPlugins }] =
    await Promise.all([import("./reach.ts"), import("./pulumi-plugins.ts")]);
  const platform = currentPlatform();
  const { imageRegistry } = stack;
  return chooseSupply({
    forced,
    os: platform.os,
    places: officialPlaces({
      platform,
      plugins: pulumiPlugins(),
      ...(imageRegistry === undefined ? {} : { imageRegistry }),
    }),
    whyUnreachable: (url) => whyUnreachable(url, probeMs),
    packageRegistryAnswers: () => npmRegistryAnswers(2 * probeMs),
  });
}

/** What of the stack's config decides what is to be got. */
export type StackNeeds = Pick<StackFacts, "istioVersion" | "metallb">;

/**
 * The phases that get a supply's tools and charts and write `.lab/supply.json`. The registry-only room is
 * loaded on demand: who has the official places never does.
 */
export async function supplyPhases(kind: SupplyKind, stack: StackNeeds): Promise<readonly Phase[]> {
  return kind === "official" ? officialToolPhases(stack) : registryOnlyToolPhases();
}

/** The folders PATH begins with on the lab: its own Node first, then the supply's tools. */
export async function binDirectories(kind: SupplyKind): Promise<readonly string[]> {
  if (kind === "official") return [npmBinDir, officialBinDir];
  const { registryOnlyBinDir } = await import("../registry-only/build.ts");
  return [npmBinDir, registryOnlyBinDir()];
}

/** The charts that a stack needs: Istio's in the version it wants, MetalLB's where it wants that. */
export function chartsFor({ istioVersion, metallb }: StackNeeds): readonly PinnedChart[] {
  const istio = [charts.base, charts.istiod, charts.gateway].map((chart) =>
    istioVersion === undefined ? chart : { ...chart, version: istioVersion },
  );
  return metallb ? [...istio, charts.metallb] : istio;
}

async function officialToolPhases(stack: StackNeeds): Promise<readonly Phase[]> {
  // Downloads go through HTTPS_PROXY, where there is one, as those of curl and npm do.
  setGlobalProxyFromEnv();
  const [{ officialPhases }, { officialTools }, { pulumiPlugins }] = await Promise.all([
    import("./official.ts"),
    import("./official-tools.ts"),
    import("./pulumi-plugins.ts"),
  ]);
  const saved = savedSupply();
  return officialPhases({
    tools: officialTools(currentPlatform()),
    plugins: pulumiPlugins(),
    charts: chartsFor(stack),
    gatewayApi,
    cache: cacheDir,
    binDir: officialBinDir,
    searchPath: process.env["PATH"] ?? "",
    pulumiHome: pulumiHome({ env: process.env, labDir, supply: "official" }),
    saved: saved?.kind === "official" ? saved : undefined,
    supplyFile,
  });
}

async function registryOnlyToolPhases(): Promise<readonly Phase[]> {
  const { registryOnlyPhases, registryOnlySupply } = await import("../registry-only/build.ts");
  return [
    ...registryOnlyPhases(),
    {
      title: "write .lab/supply.json",
      // An error here means that the parts are not there yet.
      done: () =>
        registryOnlySupply().then(
          (supply) => isSaved(supply),
          () => false,
        ),
      run: async () => {
        saveSupply(await registryOnlySupply());
      },
    },
  ];
}
