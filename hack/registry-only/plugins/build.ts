import { chmod, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The plugins that can be built, by package name. */
export const pluginNames = ["tls", "command"] as const;

/**
 * Builds the stand-in plugins: for each, a launcher `pulumi-resource-<name>` that Pulumi finds on
 * PATH and one file of JavaScript beside it that holds all it needs, so that it runs without this
 * checkout. They run on the first `node` on PATH, 20 or later.
 * @param outDir where to write them; made if missing, files of an earlier build are overwritten
 * @throws if esbuild cannot bundle a plugin
 */
export async function buildPlugins(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await Promise.all(pluginNames.map((name) => buildPlugin(name, outDir)));
}

async function buildPlugin(name: string, outDir: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}/main.ts`, import.meta.url))],
    outfile: join(outDir, `pulumi-resource-${name}.cjs`),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Half the size, and so faster to load.
    minify: true,
    logLevel: "error",
    define: { PLUGIN_VERSION: JSON.stringify(sdkVersion(name)) },
  });
  const launcher = join(outDir, `pulumi-resource-${name}`);
  await writeFile(launcher, launch(name));
  await chmod(launcher, 0o755);
}

/** The engine asks for the plugin by the version of the SDK in use. */
function sdkVersion(name: string): string {
  const require = createRequire(import.meta.url);
  return (require(`@pulumi/${name}/package.json`) as { version: string }).version;
}

function launch(name: string): string {
  return [
    "#!/bin/sh",
    "self=$0",
    '[ -L "$self" ] && self=$(readlink -f "$self")',
    `exec node "\${self%/*}/pulumi-resource-${name}.cjs" "$@"`,
    "",
  ].join("\n");
}
