import type { IstioctlCheck } from "../../../components/scenarios/checks/istioctl.ts";
import type { LabOutputs } from "../../../components/scenarios/scenario.ts";
import { brief, listed } from "../brief-text.ts";
import type { LiveLab } from "../callers.ts";
import type { Look } from "../poll.ts";
import type { Ran } from "../run-process.ts";
import { textFault } from "./http.ts";

/** istioctl's arguments, with the lab's cluster. */
export function istioctlArguments(
  lab: Pick<LabOutputs, "kubeContext" | "kubeconfigPath">,
  { args }: IstioctlCheck,
): readonly string[] {
  return [...args, "--kubeconfig", lab.kubeconfigPath, "--context", lab.kubeContext];
}

/** Judges what istioctl printed. */
export function judgeIstioctl({ exitCode, stdout, stderr }: Ran, check: IstioctlCheck): Look {
  const { exit = [0], output = {} } = check;
  const printed = [stdout.trim(), stderr.trim()].filter(Boolean).join("\n");
  const observed = brief(`exit ${exitCode}: ${printed}`);
  const reason = exit.includes(exitCode)
    ? textFault("its output", printed, output)
    : `exit ${exitCode} is not ${listed(exit, "or")}`;
  return reason === undefined ? { passed: true, observed } : { passed: false, observed, reason };
}

/** Runs istioctl and judges what it printed. */
export async function lookAtIstioctl(lab: LiveLab, check: IstioctlCheck): Promise<Look> {
  return judgeIstioctl(
    await lab.run("istioctl", istioctlArguments(lab.outputs, check), { timeoutSeconds: 60 }),
    check,
  );
}
