import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { labDir, root } from "../toolchain/paths.ts";
import { runCommand } from "./command.ts";
import { deployedResources } from "./deployed.ts";
import { pulumiHomes } from "./environment.ts";
import { openLab } from "./lab.ts";
import { seconds } from "./plain-phases.ts";
import { removeOwnNodes } from "./remove-own-nodes.ts";
import { runInLab } from "./run-in-lab.ts";
import { setUp } from "./set-up.ts";
import { isOwnState, settleState, stateFolder } from "./settle-state.ts";
import { currentStackFacts, readStackFacts } from "./stack.ts";

const program = new Command("npm run down --")
  .description("Removes the lab: pulumi destroy, then the files that lead to its cluster.")
  .argument("[arguments...]", "passed on to pulumi destroy")
  .allowUnknownOption()
  .parse();

await runCommand(async () => {
  const start = performance.now();
  const here = currentStackFacts(root, pulumiHomes(process.env, labDir));
  // With a backend of the user's own, only Pulumi can say what there is.
  const local = isOwnState(process.env["PULUMI_BACKEND_URL"]);
  if (local && deployedResources(stateFolder, here.project, here.stack) === 0) {
    await removeStackFiles(here.stack);
    process.stderr.write(`nothing to destroy: the stack "${here.stack}" has no lab\n`);
    return 0;
  }
  const { kind } = await setUp();
  const lab = await openLab(kind);
  const facts = readStackFacts(root, lab.stack);
  await settleState(facts, lab, (line) => process.stderr.write(`${line}\n`));
  const plain = process.stdout.isTTY ? [] : ["--color", "never", "--suppress-progress"];
  const code = await runInLab(lab, "pulumi", [
    ...["destroy", "--yes", "--skip-preview", ...plain],
    ...program.args,
  ]);
  // A destroy of some resources only (--target) leaves a lab that still needs its files.
  const left = local
    ? deployedResources(stateFolder, facts.project, lab.stack)
    : program.args.length;
  if (code === 0 && left === 0) await removeStackFiles(lab.stack);
  const total = seconds(performance.now() - start);
  process.stderr.write(code === 0 ? `down in ${total}\n` : `not down after ${total}\n`);
  return code;
});

async function removeStackFiles(stack: string): Promise<void> {
  await removeOwnNodes(join(labDir, stack, "node"));
  await rm(join(labDir, stack), { recursive: true, force: true });
}
