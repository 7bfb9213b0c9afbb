import { Command, InvalidArgumentError } from "commander";

/** What the command line asks for. */
export interface BenchOptions {
  /** How often each lab is built. */
  readonly runs: number;
  /** File for the results, as given. */
  readonly json?: string;
  /** What a tour wrote, as given: its times are judged along. */
  readonly tour?: string;
}

/**
 * Reads the command line; prints help, or what is wrong with it, and ends the process.
 * @param argv without node and script
 */
export function parseOptions(argv: readonly string[]): BenchOptions {
  return new Command("npm run bench --")
    .description(
      "Times the lab built by hand-run commands against `pulumi up`, in turn, with images present; then what else\n" +
        "Pulumi does. Takes about three minutes a run on two cores; the machine should do nothing else meanwhile.",
    )
    .option("--runs <n>", "how often each is built", wholeNumber, 3)
    .option("--json <file>", "write samples, medians, ratios and goals as JSON")
    .option("--tour <file>", "judge the times of a tour, too: what npm run tour -- --json wrote")
    .parse(argv, { from: "user" })
    .opts<BenchOptions>();
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) {
    throw new InvalidArgumentError("A whole number from 1 to 999 is accepted.");
  }
  return Number(text);
}
