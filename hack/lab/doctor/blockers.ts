import { UserError } from "../../toolchain/phase.ts";
import { runChecks } from "./checks.ts";
import type { CheckContext, CheckId } from "./checks.ts";

/**
 * Makes some checks and refuses to go on when one of them is a blocker.
 * @throws UserError with one line for each blocker
 */
export async function refuseBlockers(
  ids: readonly CheckId[],
  context: CheckContext,
): Promise<void> {
  const results = await runChecks(ids, context);
  const lines = results
    .filter(({ status }) => status === "blocker")
    .map(({ id, found, hint }) => `${id}: ${found}. ${hint ?? ""}`);
  if (lines.length > 0) throw new UserError(lines.join("\n"));
}
