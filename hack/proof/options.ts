import { Command, InvalidArgumentError } from "commander";

/** What the command line asks for. */
export interface ProofOptions {
  readonly json?: string;
  readonly junit?: string;
  readonly outputs?: string;
  readonly scenario?: string;
  readonly step?: string;
  readonly lines?: boolean;
  readonly disrupt: boolean;
  readonly deadline?: number;
  readonly hold?: number;
  readonly only?: string;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("A number of seconds above 0 is accepted.");
  return value;
}

/**
 * Reads the command line; prints help or the fault itself.
 * @param argv without node and script
 * @throws CommanderError, exit code 0 after help
 */
export function parseOptions(argv: readonly string[]): ProofOptions {
  const command = new Command("verify")
    .description("Proves, on the live network, that the lab does what its step says.")
    .option("--json <file>", "write the results as JSON")
    .option("--junit <file>", "write the results as JUnit XML")
    .option(
      "--outputs <file>",
      "read stack outputs from a JSON file, or - for stdin, not from pulumi",
    )
    .option("--scenario <id>", "prove another scenario than the deployed one; needs --step")
    .option("--step <id>", "prove another step than the deployed one")
    .option("--lines", "print one plain line a row, and no table")
    .option("--no-disrupt", "leave out what changes the lab for a moment")
    .option(
      "--deadline <seconds>",
      "time each row has to begin to hold; replaces its own",
      positive,
    )
    .option("--hold <seconds>", "time for which a negative row must hold (default: 6)", positive)
    .option("--only <text>", "only rows with this text in their name, upper and lower case alike")
    .addHelpText(
      "after",
      "\nExit code: 0 all passed (skipped rows are shown with the reason), 1 a row failed,\n2 the lab can't be reached, or a wrong option.",
    )
    .exitOverride();
  command.parse(argv, { from: "user" });
  return command.opts<ProofOptions>();
}
