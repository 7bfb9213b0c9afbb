import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { UserError } from "../../hack/toolchain/phase.ts";
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
  const folder = mkdtempSync(join(tmpdir(), "lab-plugin-"));
  const pulumi = join(folder, "pulumi");
  writeFileSync(
    pulumi,
    "#!/bin/sh\necho downloading\necho 'error: 404 HTTP error' >&2\nexit 255\n",
  );
  chmodSync(pulumi, 0o755);
  const phase = pluginPhase(pulumi, folder, { name: "tls", version: "5.6.1" });
  expect(await phase.done()).toBe(false);
  const attempt = phase.run(() => undefined);
  await expect(attempt).rejects.toThrow(UserError);
  await expect(attempt).rejects.toThrow(
    "Pulumi plugin tls 5.6.1 was not installed: error: 404 HTTP error. Run it again.",
  );
});
