import { execa } from "execa";
import { root } from "../toolchain/paths.ts";
import { handlingSignals } from "./command.ts";
import { settleStackFile } from "./git-filter.ts";
import type { Lab } from "./lab.ts";

/**
 * Runs a command in the lab's environment on this terminal.
 * @returns its exit code; 130 when a signal ended it
 */
export async function runInLab(
  lab: Lab,
  command: string,
  args: readonly string[],
): Promise<number> {
  const child = execa(command, args, {
    cwd: root,
    env: lab.variables,
    stdio: "inherit",
    reject: false,
  });
  // Pulumi ends in order on the first signal and at once on the second. A terminal sends Ctrl-C to it
  // as well, so passing it on would make two of one.
  const result = await handlingSignals(
    (signal) => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    },
    () => child,
  );
  // Pulumi writes its salt into the stack file when it finds none.
  await settleStackFile(root, lab.stack);
  return result.exitCode ?? 130;
}
