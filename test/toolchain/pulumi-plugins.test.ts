import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { UserError, type Phase } from "../../hack/toolchain/phase.ts";
import { pluginPhase, pulumiPlugins } from "../../hack/toolchain/pulumi-plugins.ts";

it("takes the versions that package.json pins", () => {
  expect(pulumiPlugins()).toEqual([
    { name: "kubernetes", version: "4.34.2" },
    { name: "tls", version: "5.6.1" },
    { name: "command", version: "1.2.1" },
  ]);
});

it("refuses a package.json without a pin", () => {
  expect(() => pulumiPlugins('{"dependencies":{}}')).toThrow(
    "package.json does not pin @pulumi/kubernetes",
  );
});

it("says in one line that a plugin was not installed", async () => {
  const { phase } = withCli("echo downloading\necho 'error: 404 HTTP error' >&2\nexit 255");
  expect(await phase.done()).toBe(false);
  const attempt = phase.run(() => undefined);
  await expect(attempt).rejects.toThrow(UserError);
  await expect(attempt).rejects.toThrow(
    "Pulumi plugin tls 5.6.1 was not installed: error: 404 HTTP error. Run it again.",
  );
});

it("tries again when a place does not answer, but not for ever", async () => {
  const down = "echo 'error: dial tcp: connection refused' >&2; exit 255";
  const { phase, tries } = withCli(down);
  await expect(phase.run(() => undefined)).rejects.toThrow("connection refused. Run it again.");
  expect(tries()).toBe(4);
  const back = withCli(`[ "$(wc -l <"$0.tries")" -eq 2 ] || { ${down}; }`);
  await back.phase.run(() => undefined);
  expect(back.tries()).toBe(2);
});

/** The plugin's phase with a shell script for the Pulumi CLI, and how often that was run. */
function withCli(script: string): { phase: Phase; tries: () => number } {
  const folder = mkdtempSync(join(tmpdir(), "lab-plugin-"));
  const pulumi = join(folder, "pulumi");
  writeFileSync(pulumi, `#!/bin/sh\necho >>"$0.tries"\n${script}\n`);
  chmodSync(pulumi, 0o755);
  return {
    phase: pluginPhase(pulumi, folder, { name: "tls", version: "5.6.1" }, 1),
    tries: () => readFileSync(`${pulumi}.tries`, "utf8").length,
  };
}
