import type { ExecCheck, PodPlace } from "../../../components/scenarios/checks/exec.ts";
import { boundsFault, brief, listed } from "../brief-text.ts";
import { runAs } from "../callers.ts";
import type { LiveLab } from "../callers.ts";
import type { Look } from "../poll.ts";
import type { Ran } from "../run-process.ts";
import { textFault } from "./http.ts";

/** Sum of what the pattern finds, as `NumberInText` has it. */
export function numberIn(text: string, pattern: string): number {
  const found = [...text.matchAll(new RegExp(pattern, "g"))];
  return found.reduce((sum, [, value]) => sum + Number(value), 0);
}

/** Judges what a command printed. */
export function judgeExec({ exitCode, stdout, stderr }: Ran, check: ExecCheck): Look {
  const { exit = [0], output = {}, numbers = [] } = check;
  const printed = [stdout.trim(), stderr.trim()].filter(Boolean).join("\n");
  const counted = numbers.map((number) => ({
    ...number,
    value: numberIn(printed, number.pattern),
  }));
  const observed = [
    brief(`exit ${exitCode}: ${printed}`),
    ...counted.map(({ name, value }) => `${name}: ${value}`),
  ].join("; ");
  const faults = [
    exit.includes(exitCode) ? undefined : `exit ${exitCode} is not ${listed(exit, "or")}`,
    textFault("its output", printed, output),
    ...counted.map((number) => boundsFault(number.name, number.value, number)),
  ];
  const reason = faults.find((fault) => fault !== undefined);
  return reason === undefined ? { passed: true, observed } : { passed: false, observed, reason };
}

/** Runs a command in the pod, whatever its exit code. */
export function runInPod(
  lab: LiveLab,
  place: PodPlace,
  command: readonly [string, ...string[]],
): Promise<Ran> {
  return runAs(lab, { from: "pod", ...place }, command, { timeoutSeconds: 60 });
}

/** Runs the commands one after the other, and judges what the last one printed. */
export async function lookAtExec(lab: LiveLab, check: ExecCheck): Promise<Look> {
  for (const command of check.before ?? []) await runInPod(lab, check.in, command);
  return judgeExec(await runInPod(lab, check.in, check.command), check);
}
