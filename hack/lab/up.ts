import { Command } from "commander";
import { root } from "../toolchain/paths.ts";
import { runCommand } from "./command.ts";
import { refuseBlockers } from "./doctor/blockers.ts";
import { prefetchImages } from "../images/prefetch.ts";
import { openLab } from "./lab.ts";
import { seconds } from "./plain-phases.ts";
import { runInLab } from "./run-in-lab.ts";
import { setUp } from "./set-up.ts";
import { settleState } from "./settle-state.ts";
import { readStackFacts } from "./stack.ts";

const program = new Command("npm run up --")
  .description("Sets the lab up and brings it to its configured step: set-up, then pulumi up.")
  .argument("[arguments...]", "passed on to pulumi up, such as --refresh")
  .allowUnknownOption()
  .parse();

await runCommand(async () => {
  const start = performance.now();
  const { kind } = await setUp();
  const lab = await openLab(kind);
  const facts = readStackFacts(root, lab.stack);
  if (facts.cluster !== "existing") {
    // Ports and the cluster's name are checked by the program, together with all of config.
    const ids = ["memory", "disk", "inotify", "curl-tls"] as const;
    await refuseBlockers(ids, { supply: kind, building: false, stack: facts });
    await prefetchImages(kind, facts);
  }
  await settleState(facts, lab, (line) => process.stderr.write(`${line}\n`));
  const plain = process.stdout.isTTY ? [] : ["--color", "never", "--suppress-progress"];
  const code = await runInLab(lab, "pulumi", [
    ...["up", "--yes", "--skip-preview", "--suppress-outputs", ...plain],
    ...program.args,
  ]);
  const total = seconds(performance.now() - start);
  process.stderr.write(code === 0 ? `up in ${total}\n` : `not up after ${total}\n`);
  return code;
});
