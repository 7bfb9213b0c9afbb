import { join } from "node:path";
import { root } from "../toolchain/paths.ts";
import { runCommand } from "./command.ts";
import { openLab } from "./lab.ts";
import { runInLab } from "./run-in-lab.ts";
import { setUp } from "./set-up.ts";

// The proof runner parses its own arguments: see npm run verify -- --help.
await runCommand(async () => {
  const { kind } = await setUp();
  const lab = await openLab(kind);
  return runInLab(lab, process.execPath, [
    join(root, "hack", "proof", "main.ts"),
    ...process.argv.slice(2),
  ]);
});
