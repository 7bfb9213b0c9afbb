import { Command } from "commander";
import { runCommand } from "./command.ts";
import { exportLines, unsetLines } from "./environment.ts";
import { openLab } from "./lab.ts";
import { setUp } from "./set-up.ts";

new Command("npm run -s env")
  .description('Prints the lab\'s environment for bash and zsh: eval "$(npm run -s env)"')
  .parse();

await runCommand(async () => {
  const { kind } = await setUp();
  const { variables, leftOver } = await openLab(kind);
  process.stdout.write(exportLines(variables) + unsetLines(leftOver));
  return 0;
});
