import { Command } from "commander";
import { runCommand } from "./command.ts";
import { openLab } from "./lab.ts";
import { seconds } from "./plain-phases.ts";
import { setUp } from "./set-up.ts";

const program = new Command("npm run setup --")
  .description("Gets the lab's container engine, tools and images, and selects its stack.")
  .option("--refresh", "look again which supply can be reached", false)
  .parse();

await runCommand(async () => {
  const start = performance.now();
  const supply = await setUp(program.opts<{ refresh: boolean }>());
  const { stack } = await openLab(supply.kind);
  process.stderr.write(
    `ready: supply ${supply.kind}, stack ${stack} (${seconds(performance.now() - start)})\n`,
  );
  return 0;
});
