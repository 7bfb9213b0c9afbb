import { join } from "node:path";
import { Command } from "commander";
import { runCommand } from "../lab/command.ts";
import { prefixed, pulumiHomes } from "../lab/environment.ts";
import { seconds } from "../lab/plain-phases.ts";
import { setUp } from "../lab/set-up.ts";
import { currentStackFacts } from "../lab/stack.ts";
import { labDir, root } from "../toolchain/paths.ts";
import { binDirectories } from "../toolchain/toolchain.ts";
import { chooseRoles, missingLine } from "./choose-roles.ts";
import { getImages } from "./get-images.ts";
import { runningNode } from "./running-node.ts";
import { stackSupply } from "./stack-supply.ts";

const program = new Command("npm run images --")
  .description(
    "Gets the images of all scenarios in advance, so that no step waits for one, and loads them into the lab's kind node when it runs. What is there already is left alone.",
  )
  .argument("[scenario...]", "get the images of these scenarios only")
  .option("--list", "show the image of each role, or why it can't be had; gets nothing", false)
  .parse();

await runCommand(async () => {
  const start = performance.now();
  const { kind } = await setUp();
  const facts = currentStackFacts(root, pulumiHomes(process.env, labDir));
  const supply = stackSupply(facts);
  const roles = await chooseRoles(program.args, supply);
  if (program.opts<{ list: boolean }>().list) {
    for (const role of roles.all) {
      const reason = supply.missingImages[role];
      process.stdout.write(
        `${role.padEnd(18)} ${reason === undefined ? supply.images[role] : `- (${reason})`}\n`,
      );
    }
    return 0;
  }
  // kind is among the lab's own tools.
  process.env["PATH"] = prefixed(process.env["PATH"] ?? "", await binDirectories(kind));
  const node = await runningNode(join(labDir, facts.stack));
  // In the engine they outlive the node.
  await getImages(supply, roles.had);
  if (node !== undefined) await getImages(supply, roles.had, node);
  const missing = missingLine(roles, supply);
  if (missing !== undefined) process.stderr.write(`${missing}\n`);
  const where =
    node === undefined ? "in the container engine; no lab runs" : `in ${node.container}`;
  process.stderr.write(
    `${roles.had.length} images are ${where} (${seconds(performance.now() - start)})\n`,
  );
  return 0;
});
