import { execa } from "execa";
import { UserError } from "./phase.ts";

/** How much of a failed command's output is shown. */
const tailLines = 15;

export interface LiveOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly report: (line: string) => void;
  /** What to show for a line of output. @default the line */
  readonly show?: (line: string) => string;
}

/**
 * Runs a command and reports its output line by line as it comes.
 * @throws UserError with the end of the output when it fails
 */
export async function runLive(
  command: string,
  args: readonly string[],
  options: LiveOptions,
): Promise<void> {
  const { report, show = (line: string) => line } = options;
  const tail: string[] = [];
  const running = execa(command, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
    stdin: "ignore",
    all: true,
    reject: false,
    // Hours of output need not be kept: the tail is.
    buffer: false,
  });
  for await (const line of running.iterable({ from: "all" })) {
    const text = line.trim();
    if (text === "") continue;
    tail.push(text);
    if (tail.length > tailLines) tail.shift();
    report(show(text));
  }
  const result = await running;
  if (result.exitCode === 0) return;
  const said = tail.length > 0 ? tail.join("\n") : (result.originalMessage ?? "");
  throw new UserError(
    `${command} ${args[0] ?? ""} failed; what was finished is kept, so run it again once this is mended:\n${said}`,
  );
}
