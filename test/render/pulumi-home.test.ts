import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { throwAwayPulumi } from "../../hack/render/pulumi-home.ts";
import { UserError } from "../../hack/toolchain/phase.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-render-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("throwAwayPulumi", () => {
  it("says what to do where there is no Pulumi", async () => {
    await expect(throwAwayPulumi(folder, join(folder, "bin"))).rejects.toEqual(
      new UserError(
        "there is no pulumi command on PATH: run npm run setup, which gets the lab's tools, then this again",
      ),
    );
  });

  it("keeps home and state in the folder", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "pulumi"), "", { mode: 0o755 });
    const variables = await throwAwayPulumi(folder, bin);
    expect(variables).toMatchObject({
      PATH: bin,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_SKIP_CHECKPOINTS: "true",
    });
    expect(statSync(join(folder, "state")).isDirectory()).toBe(true);
  });
});
