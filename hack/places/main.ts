import { setGlobalProxyFromEnv } from "node:http";
import { Command } from "commander";
import { runCommand } from "../lab/command.ts";
import { pulumiPlugins } from "../toolchain/pulumi-plugins.ts";
import { askPlaces, type Answer } from "./ask-places.ts";
import { whatIsPinned } from "./what-is-pinned.ts";

new Command("npm run places")
  .description(
    "Asks the official places, on a machine with the internet, whether they still have everything that the lab pins: tools, plugins and their checksums for all platforms, charts, images. Downloads none of it; fails when one is missing.",
  )
  .parse();

await runCommand(async () => {
  setGlobalProxyFromEnv();
  const answers = await askPlaces(whatIsPinned(pulumiPlugins()), (answer) => {
    process.stdout.write(`${lineOf(answer)}\n`);
  });
  const missing = answers.filter(({ fault }) => fault !== undefined).length;
  process.stderr.write(`${answers.length - missing} of ${answers.length} are there\n`);
  return missing === 0 ? 0 : 1;
});

function lineOf({ what, fault, note }: Answer): string {
  if (fault !== undefined) return `missing  ${what}: ${fault}`;
  return `ok       ${what}${note === undefined ? "" : ` (${note})`}`;
}
