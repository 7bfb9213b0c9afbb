import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pluginFolder } from "../toolchain/pulumi-plugins.ts";
import type { PulumiPlugin } from "../toolchain/pulumi-plugins.ts";

/**
 * Makes the plugins of a folder known to a Pulumi home under the versions the program asks for, so that
 * Pulumi takes them as installed. A small script stands for each: a plugin looks for its own files
 * beside itself, which a link would hide.
 */
export function linkPlugins(home: string, binDir: string, plugins: readonly PulumiPlugin[]): void {
  for (const plugin of plugins) {
    const command = `pulumi-resource-${plugin.name}`;
    const target = join(binDir, command);
    if (!existsSync(target)) continue;
    const folder = pluginFolder(home, plugin);
    const file = join(folder, command);
    const script = `#!/bin/sh\nexec '${target.replaceAll("'", `'\\''`)}' "$@"\n`;
    if (existsSync(file) && readFileSync(file, "utf8") === script) continue;
    mkdirSync(folder, { recursive: true });
    const part = `${file}.${process.pid}.part`;
    writeFileSync(part, script);
    chmodSync(part, 0o755);
    renameSync(part, file);
  }
}
