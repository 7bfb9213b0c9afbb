import { execa } from "execa";
import { findCommands } from "../toolchain/find-tool.ts";
import { UserError } from "../toolchain/phase.ts";
import { forbidsInstalling } from "./decide.ts";

/**
 * Makes sure that commands are there, by Debian packages where they are not, saying so first.
 * @param commands command name to package name
 * @throws UserError where it may not install, or apt fails
 */
export async function needCommands(
  commands: Readonly<Record<string, string>>,
  report: (line: string) => void,
): Promise<void> {
  const path = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;
  const missing: string[] = [];
  for (const [command, debianPackage] of Object.entries(commands)) {
    if ((await findCommands(command, path)).length === 0) missing.push(debianPackage);
  }
  if (missing.length > 0) await aptInstall(missing, report);
}

/**
 * Installs Debian packages.
 * @throws UserError where this is not root, LAB_NO_INSTALL forbids it, or apt fails
 */
export async function aptInstall(
  packages: readonly string[],
  report: (line: string) => void,
): Promise<void> {
  const list = packages.join(" ");
  if (process.getuid?.() !== 0 || forbidsInstalling(process.env["LAB_NO_INSTALL"])) {
    throw new UserError(
      `missing on this machine: ${list}. Install with: sudo apt-get install ${list}`,
    );
  }
  report(`apt-get install ${list}`);
  // A package must not start its service here: how it is started depends on the machine.
  const env = { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const options = { env, reject: false, all: true, stdin: "ignore" } as const;
  const install = ["install", "-y", "--no-install-recommends", ...packages];
  const first = await execa("apt-get", install, options);
  if (first.exitCode === 0) return;
  // Lists that are missing or old make it fail; they are renewed only then.
  report("apt-get update");
  const update = await execa("apt-get", ["update"], options);
  report(`apt-get install ${list}`);
  const second = await execa("apt-get", install, options);
  if (second.exitCode === 0) return;
  const tail = `${update.exitCode === 0 ? "" : update.all}\n${second.all}`
    .trim()
    .split("\n")
    .slice(-5);
  throw new UserError(`apt-get install ${list} failed:\n${tail.join("\n")}`);
}
