import type { LogCheck } from "../../../components/scenarios/checks/telemetry.ts";
import { boundsFault, brief, quoted } from "../brief-text.ts";
import type { LiveLab } from "../callers.ts";
import type { Look } from "../poll.ts";

/** kubectl's arguments that print the logs of all pods of the app. */
export function logArguments(check: LogCheck): readonly string[] {
  return [
    "logs",
    "--namespace",
    check.namespace ?? "default",
    "--selector",
    `app=${check.app}`,
    "--container",
    check.container,
    "--tail",
    "-1",
    "--max-log-requests",
    "50",
  ];
}

/** Judges the text of the logs. */
export function judgeLog(log: string, check: LogCheck): Look {
  const lines = log.split("\n").filter((line) => line.includes(check.contains));
  const observed = `${lines.length} lines with ${quoted(check.contains)}`;
  const reason = boundsFault("number of lines", lines.length, check.count);
  return reason === undefined ? { passed: true, observed } : { passed: false, observed, reason };
}

/** Reads the logs since then and judges them. */
export async function lookAtLog({ cluster }: LiveLab, check: LogCheck, since: Date): Promise<Look> {
  const { exitCode, stdout, stderr } = await cluster.kubectl([
    ...logArguments(check),
    "--since-time",
    since.toISOString(),
  ]);
  // Without a pod kubectl says so on stderr and exits with 0: no log is not an empty log.
  if (exitCode !== 0 || (stdout === "" && stderr.includes("No resources found")))
    throw new Error(brief(stderr, 200));
  return judgeLog(stdout, check);
}
