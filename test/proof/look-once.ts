import type { Check, Expectation } from "../../components/scenarios/expectation.ts";
import type { LiveLab } from "../../hack/proof/callers.ts";
import { lookAt } from "../../hack/proof/look-at.ts";
import type { Look } from "../../hack/proof/poll.ts";
import type { Ran } from "../../hack/proof/run-process.ts";
import { fakeLab, labOutputs } from "./fake-lab.ts";
import type { Call } from "./fake-lab.ts";

/** When the looks' rows began. */
export const since = new Date("2026-01-02T03:04:05Z");

/** A row of a proof around a check. */
export function row(check: Check): Expectation {
  return { name: "row", expected: "", check };
}

/** One look at a lab whose programs are answered by `answer`, and the programs it ran. */
export function looked(
  check: Check,
  answer: (call: Call) => string | Partial<Ran>,
): {
  readonly look: Promise<Look>;
  readonly commands: readonly Call[];
  readonly lab: LiveLab;
} {
  const { lab, calls } = fakeLab(labOutputs(), answer);
  return { look: lookAt(lab, row(check), since), commands: calls, lab };
}
