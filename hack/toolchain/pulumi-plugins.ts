import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { toolPlaces } from "../../components/versions.ts";
import { labMirror, mirrored } from "./mirror.ts";
import { root } from "./paths.ts";
import { PassingFault, patiently, whileBroken } from "./patience.ts";
import type { Phase } from "./phase.ts";
import { UserError } from "./phase.ts";
import { currentPlatform, goArch, type Platform } from "./platform.ts";

/** A provider plugin; its version is that of the npm package with its SDK. */
export interface PulumiPlugin {
  readonly name: "kubernetes" | "tls" | "command";
  readonly version: string;
}

/** The provider plugins, at the versions package.json pins. */
export function pulumiPlugins(
  packageJson: string = readFileSync(join(root, "package.json"), "utf8"),
): readonly PulumiPlugin[] {
  const { dependencies } = JSON.parse(packageJson) as { dependencies: Record<string, string> };
  return (["kubernetes", "tls", "command"] as const).map((name) => {
    const version = dependencies[`@pulumi/${name}`];
    if (version === undefined) throw new Error(`package.json does not pin @pulumi/${name}`);
    return { name, version };
  });
}

/** Where Pulumi's own plugins are published, beside their releases at GitHub. */
const pluginPlace = `${toolPlaces.pulumi}/releases/plugins`;

/** The URL of a plugin's archive, as published for a platform. */
export function pluginUrl({ name, version }: PulumiPlugin, platform: Platform): string {
  return `${mirrored(pluginPlace)}/pulumi-resource-${name}-v${version}-${platform.os}-${goArch(platform)}.tar.gz`;
}

/** The folder of a plugin in a Pulumi home. */
export function pluginFolder(home: string, plugin: PulumiPlugin): string {
  return join(home, "plugins", `resource-${plugin.name}-v${plugin.version}`);
}

/** The registry of Pulumi Cloud is not asked: plugins of this name are at GitHub and get.pulumi.com. */
function variables(home: string): Readonly<Record<string, string>> {
  const mirror = labMirror();
  return {
    PULUMI_HOME: home,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    ...(mirror === undefined
      ? {}
      : { PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES: `.*=${mirrored(pluginPlace, mirror)}` }),
  };
}

/**
 * Installs a plugin with the Pulumi CLI, which downloads it over HTTPS. Its version is pinned, its content is not:
 * without `--checksum` the CLI verifies nothing.
 * @see https://www.pulumi.com/docs/iac/cli/commands/pulumi_plugin_install/
 * @param pulumi the CLI
 * @param home Pulumi's home folder, such as ~/.pulumi
 * @param againMs the pause before the first new try, in milliseconds
 */
export function pluginPhase(
  pulumi: string,
  home: string,
  plugin: PulumiPlugin,
  againMs?: number,
): Phase {
  const folder = pluginFolder(home, plugin);
  return {
    title: `Pulumi plugin ${plugin.name} ${plugin.version}`,
    url: pluginUrl(plugin, currentPlatform()),
    // The CLI marks a plugin that is still being unpacked by a `.partial` file beside it.
    done: () => Promise.resolve(existsSync(folder) && !existsSync(`${folder}.partial`)),
    run: (report) => patiently(() => install(pulumi, home, plugin, report), report, againMs),
  };
}

async function install(
  pulumi: string,
  home: string,
  { name, version }: PulumiPlugin,
  report: (line: string) => void,
): Promise<void> {
  report(`pulumi plugin install resource ${name} ${version}`);
  const result = await execa(
    pulumi,
    ["plugin", "install", "resource", name, version, "--non-interactive"],
    { reject: false, all: true, env: variables(home) },
  );
  if (result.exitCode === 0) return;
  const last = result.all.trim().split("\n").at(-1) ?? "";
  const said = `Pulumi plugin ${name} ${version} was not installed: ${last}. Run it again.`;
  // All places that the CLI asks were asked: it is missing there.
  if (/\b40[134]\b/.test(last)) throw new UserError(said);
  throw new PassingFault(said, whileBroken);
}
