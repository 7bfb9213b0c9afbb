import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { linkPlugins } from "../../hack/lab/plugin-links.ts";

it("makes a plugin start from Pulumi's home, with its own folder and arguments", () => {
  const folder = mkdtempSync(join(tmpdir(), "lab's plugins-"));
  const home = join(folder, "home");
  writeFileSync(join(folder, "pulumi-resource-tls"), '#!/bin/sh\necho "$(dirname "$0") $1"\n');
  chmodSync(join(folder, "pulumi-resource-tls"), 0o755);
  const plugins = [
    { name: "tls", version: "5.6.1" },
    { name: "command", version: "1.2.1" },
  ] as const;

  linkPlugins(home, folder, plugins);

  expect(readdirSync(join(home, "plugins"))).toEqual(["resource-tls-v5.6.1"]);
  const command = join(home, "plugins", "resource-tls-v5.6.1", "pulumi-resource-tls");
  expect(execFileSync(command, ["127.0.0.1:1"]).toString()).toBe(`${folder} 127.0.0.1:1\n`);

  const { mtimeMs } = statSync(command);
  linkPlugins(home, folder, plugins);
  expect(statSync(command).mtimeMs).toBe(mtimeMs);
});
