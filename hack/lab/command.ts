import { placeFaults } from "../../components/writable-places.ts";
import { UserError } from "../toolchain/phase.ts";
import { systemFault } from "../toolchain/system-fault.ts";
import { directVariables, loopback } from "./no-proxy.ts";

/** What a command says when it is interrupted during set-up. */
const interrupted = "interrupted: what is finished stays, so the same command goes on from here";

let onSignal: ((signal: NodeJS.Signals) => void) | undefined;

/**
 * Runs a lab command: its result is the exit code. A UserError, a file that can't be used and a command
 * that fails are printed in one line, and the exit code is 1; other errors keep their stack trace. A signal ends the
 * command and, by way of the exit, every child it started.
 * @param look whether to make sure first that home and temporary files can be written; the doctor tells it itself
 */
export async function runCommand(command: () => Promise<number>, look = true): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (onSignal) {
        onSignal(signal);
        return;
      }
      // A live list hides the cursor.
      if (process.stderr.isTTY) process.stderr.write("\x1b[?25h");
      process.stderr.write(`\n${interrupted}\n`);
      process.exit(130);
    });
  }
  try {
    if (look) refusePlaces();
    // For all that is started before it is known which lab it is for.
    Object.assign(process.env, directVariables(process.env, loopback));
    process.exitCode = await command();
  } catch (error) {
    const message = error instanceof UserError ? error.message : systemFault(error);
    if (message === undefined) throw error;
    process.stderr.write(`${message}\n`);
    process.exitCode = 1;
  }
}

/** @throws UserError with a line for each place that can't be written */
function refusePlaces(): void {
  const lines = placeFaults().map(({ problem, fix }) => `${problem}: ${fix}`);
  if (lines.length > 0) throw new UserError(lines.join("\n"));
}

/** While `work` runs, signals go to `handle`: for a child that must end in its own way. */
export async function handlingSignals<T>(
  handle: (signal: NodeJS.Signals) => void,
  work: () => Promise<T>,
): Promise<T> {
  onSignal = handle;
  try {
    return await work();
  } finally {
    onSignal = undefined;
  }
}
