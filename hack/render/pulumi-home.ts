import { existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { prefixed, registryOnlyPulumiHome } from "../lab/environment.ts";
import { linkPlugins } from "../lab/plugin-links.ts";
import { findCommands } from "../toolchain/find-tool.ts";
import { labDir } from "../toolchain/paths.ts";
import { UserError } from "../toolchain/phase.ts";
import { pluginFolder, pulumiPlugins } from "../toolchain/pulumi-plugins.ts";
import { savedSupply } from "../toolchain/supply-file.ts";
import { binDirectories } from "../toolchain/toolchain.ts";

/** The search path with the tools that set-up got for this checkout in front; as given where it never ran. */
export async function labSearchPath(searchPath: string): Promise<string> {
  const supply = savedSupply();
  if (supply === undefined) return searchPath;
  // Where the supply's tools are not built, what is on the path has to do.
  const folders = await binDirectories(supply.kind).catch(() => []);
  return prefixed(searchPath, folders);
}

/**
 * Variables for a Pulumi that touches nothing of the user's: a home, a backend and a passphrase below one folder. The
 * plugins are those the lab has; with none there, Pulumi looks on the search path.
 * @param folder a new folder, removed by the caller; state in it holds keys
 * @throws UserError when there is no Pulumi CLI
 */
export async function throwAwayPulumi(
  folder: string,
  searchPath: string,
): Promise<Readonly<Record<string, string>>> {
  const [cli] = await findCommands("pulumi", searchPath);
  if (cli === undefined) {
    throw new UserError(
      "there is no pulumi command on PATH: run npm run setup, which gets the lab's tools, and then this again",
    );
  }
  const home = join(folder, "home");
  const state = join(folder, "state");
  mkdirSync(state, { recursive: true });
  lendPlugins(home, dirname(cli));
  return {
    PATH: searchPath,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "thrown away with its folder",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

function lendPlugins(home: string, binDir: string): void {
  const lenders = [
    process.env["PULUMI_HOME"],
    registryOnlyPulumiHome(labDir),
    join(homedir(), ".pulumi"),
  ].filter((lender) => lender !== undefined);
  mkdirSync(join(home, "plugins"), { recursive: true });
  for (const plugin of pulumiPlugins()) {
    const found = lenders.map((lender) => pluginFolder(lender, plugin)).find(existsSync);
    if (found !== undefined) symlinkSync(realpathSync(found), pluginFolder(home, plugin));
  }
  linkPlugins(
    home,
    binDir,
    pulumiPlugins().filter((plugin) => !existsSync(pluginFolder(home, plugin))),
  );
}
