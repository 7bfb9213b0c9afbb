import { createHash } from "node:crypto";
import { chmod, link, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { partFolder } from "./part-folder.ts";
import type { Part } from "./part.ts";
import { partNamed } from "./recipe-hash.ts";
import { partsDir, storeFolder } from "./store.ts";

/** The commands of the lab's shell, and the part each is in. */
export const commands: Readonly<Record<string, string>> = {
  pulumi: "pulumi",
  "pulumi-language-nodejs": "pulumi-language-nodejs",
  "pulumi-resource-kubernetes": "pulumi-resource-kubernetes",
  "pulumi-resource-tls": "plugins",
  "pulumi-resource-command": "plugins",
  kind: "kind",
  kubectl: "kubernetes",
  istioctl: "istio",
};

/** The folder with all commands; another one whenever one of them changes. */
export function commandFolder(all: readonly Part[]): string {
  const targets = Object.keys(commands).map((command) => target(command, all));
  const hash = createHash("sha256").update(targets.join("\n")).digest("hex").slice(0, 12);
  return join(partsDir, `commands-${hash}`);
}

/** Fills that folder. */
export async function linkCommands(all: readonly Part[]): Promise<void> {
  await storeFolder(commandFolder(all), async (temporary) => {
    for (const [command, part] of Object.entries(commands)) {
      const file = join(temporary, command);
      // A stand-in looks for its own files beside itself, which a link would hide from it.
      if (part === "plugins") await writeScript(file, target(command, all));
      // Pulumi looks for its language host beside its own file: a symbolic link would lead it away.
      else await link(target(command, all), file);
    }
  });
}

function target(command: string, all: readonly Part[]): string {
  return join(partFolder(partNamed(commands[command] ?? command, all), all), command);
}

async function writeScript(file: string, command: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\nexec '${command.replaceAll("'", `'\\''`)}' "$@"\n`);
  await chmod(file, 0o755);
}
