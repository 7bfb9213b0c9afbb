import { Command } from "commander";
import { labDir, root } from "../toolchain/paths.ts";
import { savedSupply } from "../toolchain/supply-file.ts";
import { runCommand } from "./command.ts";
import { checksFor, runChecks } from "./doctor/checks.ts";
import { checkTable } from "./doctor/table.ts";
import { prefixed, pulumiHomes } from "./environment.ts";
import { currentStackFacts } from "./stack.ts";
import { binDirectories } from "../toolchain/toolchain.ts";

new Command("npm run doctor")
  .description(
    "Checks this machine and the lab on it; fails when something keeps the lab from coming up.",
  )
  .parse();

await runCommand(async () => {
  const saved = savedSupply();
  const forced = process.env["LAB_SUPPLY"] === "registry-only" ? "registry-only" : "official";
  const context = {
    supply: saved?.kind ?? forced,
    building: saved === undefined,
    stack: currentStackFacts(root, pulumiHomes(process.env, labDir)),
  };
  // The lab's own kubectl, where set-up got one.
  const folders = saved === undefined ? [] : await binDirectories(saved.kind).catch(() => []);
  process.env["PATH"] = prefixed(process.env["PATH"] ?? "", folders);
  const results = await runChecks(checksFor(context), context);
  process.stdout.write(`${checkTable(results)}\n`);
  return results.some(({ status }) => status === "blocker") ? 1 : 0;
}, false);
