import { Command, InvalidArgumentError } from "commander";

/** What the command line asks for. */
export interface TourOptions {
  /** Ids of the scenarios to walk. @default all */
  readonly scenario: readonly string[];
  /** Steps to walk, `step` or `scenario/step`. @default all of the chosen scenarios */
  readonly step: readonly string[];
  readonly resume: boolean;
  readonly restore: boolean;
  /** Ask before each step whether its proof fails. */
  readonly before: boolean;
  /** Ask after each step whether a second preview is empty. */
  readonly preview: boolean;
  readonly disrupt: boolean;
  /** Moves of a random walk instead of the course. */
  readonly random?: number;
  readonly seed?: number;
  /** Seconds; see the proof's option of that name. */
  readonly deadline?: number;
  readonly hold: number;
  /** Text in the names of the rows that are proved. @default all rows */
  readonly only?: string;
  readonly json?: string;
  readonly junit?: string;
  readonly report?: string;
}

/** What holds where nothing is said; a negative row holds as long as in the proof at the end of `pulumi up`. */
const defaults: Pick<TourOptions, "scenario" | "step" | "resume" | "restore" | "hold"> = {
  scenario: [],
  step: [],
  resume: false,
  restore: false,
  hold: 2,
};

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("A number of seconds above 0 is accepted.");
  return value;
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new InvalidArgumentError("A whole number from 0 to 999999999 is accepted.");
  }
  return Number(text);
}

function moves(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw new InvalidArgumentError("A whole number from 1 to 9999 is accepted.");
  }
  return Number(text);
}

const exitCodes = `
Exit code: 0 every step passed (a skipped one is shown with its reason), 1 a step failed,
2 the lab can't be reached, or a wrong option, 130 interrupted.

The stack file is not touched: the tour sets scenario and step in a config file of its own
below .lab. The lab stays at the last step; --restore takes it back to the configured one.`;

/**
 * Reads the command line; prints help or the fault itself.
 * @param argv without node and script
 * @throws CommanderError, exit code 0 after help
 */
export function parseOptions(argv: readonly string[]): TourOptions {
  const command = new Command("npm run tour --")
    .description(
      "Walks scenarios step by step on the live lab: a step's proof must fail before it is applied and pass after, and a second preview must be empty.",
    )
    .option("--scenario <id>", "walk this scenario; repeat it for more (default: all)", collect)
    .option("--step <id>", "walk this step, as STEP or SCENARIO/STEP; repeatable", collect)
    .option("--resume", "go on where an interrupted or failed tour stopped")
    .option("--restore", "take the lab back to the configured step at the end")
    .option("--random <n>", "walk n random moves instead; the proof before is left out", moves)
    .option("--seed <s>", "the same seed walks the same way (default: another each time)", whole)
    .option("--no-before", "do not look whether the proof fails before a step is applied")
    .option("--no-preview", "do not ask for a second preview")
    .option("--no-disrupt", "leave out what changes the lab for a moment, such as deleting a pod")
    .option("--deadline <seconds>", "time each row has to begin to hold", positive)
    .option("--hold <seconds>", "time for which a negative row must hold (default: 2)", positive)
    .option("--only <text>", "prove only rows with this text in their name")
    .option("--json <file>", "write the results as JSON")
    .option("--junit <file>", "write the results as JUnit XML")
    .option("--report <file>", "write a report as one HTML file")
    .addHelpText("after", exitCodes)
    .exitOverride();
  command.parse(argv, { from: "user" });
  const options = { ...defaults, ...command.opts<Omit<TourOptions, keyof typeof defaults>>() };
  refuseContradictions(command, options);
  return options;
}

function refuseContradictions(command: Command, options: TourOptions): void {
  const chosen = options.scenario.length > 0 || options.step.length > 0;
  if (options.resume && (chosen || options.random !== undefined)) {
    command.error("error: --resume goes on with what that tour had chosen: give it alone");
  }
  if (options.seed !== undefined && options.random === undefined) {
    command.error("error: --seed is for --random: say how many moves");
  }
}
