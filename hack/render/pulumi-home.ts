import { existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { prefixed, pulumiHomes } from "../lab/environment.ts";
import { linkPlugins } from "../lab/plugin-links.ts";
import { leaveOutLogs } from "../lab/pulumi-logs.ts";
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
 * Variables for a Pulumi that touches nothing of the user's: a home, a backend and a passphrase below one folder, and
 * the plugins that the lab has.
 * @param folder a new folder, removed by the caller; state in it holds keys
 * @throws UserError when there is no Pulumi CLI
 */
export async function throwAwayPulumi(
  folder: string,
  searchPath: string,
): Promise<Readonly<Record<string, string>>> {
  if ((await findCommands("pulumi", searchPath)).length === 0) {
    throw new UserError(
      "there is no pulumi command on PATH: run npm run setup, which gets the lab's tools, then this again",
    );
  }
  const home = join(folder, "home");
  const state = join(folder, "state");
  mkdirSync(state, { recursive: true });
  await lendPlugins(home, searchPath);
  leaveOutLogs(home);
  return {
    PATH: searchPath,
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "thrown away with its folder",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The state is written once and not after every resource: nobody will recover from it.
    PULUMI_SKIP_CHECKPOINTS: "true",
    KUBECONFIG: join(folder, "none"),
    // Where the CLI is a link, its language host is found on the path alone.
    PULUMI_IGNORE_AMBIENT_PLUGINS: "false",
  };
}

/** Puts the plugins of the search path, else of the lab's Pulumi, else of the user's, into a new home. */
async function lendPlugins(home: string, searchPath: string): Promise<void> {
  mkdirSync(join(home, "plugins"), { recursive: true });
  const lenders = pulumiHomes(process.env, labDir);
  for (const plugin of pulumiPlugins()) {
    const [command] = await findCommands(`pulumi-resource-${plugin.name}`, searchPath);
    if (command !== undefined) {
      linkPlugins(home, dirname(command), [plugin]);
      continue;
    }
    const folder = lenders.map((lender) => pluginFolder(lender, plugin)).find(existsSync);
    if (folder !== undefined) symlinkSync(realpathSync(folder), pluginFolder(home, plugin));
  }
}
