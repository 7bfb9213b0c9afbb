import { RunError } from "@pulumi/pulumi/errors.js";

/** One thing that stands in the way of the lab, said so that it can be mended without looking anything up. */
export interface Fault {
  /** What is wrong, with the key or port it is about and the value given: `replicas: given "many"`. */
  readonly problem: string;
  /** The values that are accepted, where the fault is about a value. */
  readonly accepted?: string;
  /** What to do, most often a command to paste. */
  readonly fix: string;
}

/**
 * Ends the program before any resource is registered. Its message lists every fault; being a `RunError`, Pulumi
 * prints the message alone, without a stack trace.
 */
export class ConfigError extends RunError {
  override readonly name = "ConfigError";
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(report(faults));
    this.faults = faults;
  }
}

/** All faults as one text: what is wrong, what is accepted, what to do. */
export function report(faults: readonly Fault[]): string {
  const heading = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return [`${heading}; nothing was changed.`, ...faults.map(paragraph)].join("\n\n");
}

function paragraph({ problem, accepted, fix }: Fault): string {
  const lines = [
    problem,
    ...(accepted === undefined ? [] : [`  accepted: ${accepted}`]),
    `  do: ${fix}`,
  ];
  return lines.map((line) => `  ${line}`).join("\n");
}
