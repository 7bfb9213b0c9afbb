import { runCommand } from "../lab/command.ts";
import { UserError } from "../toolchain/phase.ts";
import { missingIn } from "./node-images.ts";

// What NodeImages runs in `pulumi up`: NODE is the kind node's container, IMAGES has full names, SUPPLY says whether
// registries have them.
await runCommand(async () => {
  const { NODE: node = "", IMAGES: words = "", SUPPLY: supply } = process.env;
  if (node === "" || words === "") {
    throw new UserError("this is a step of pulumi up; to get images in advance: npm run images");
  }
  const missing = await missingIn(node, words.split(" "));
  if (missing.length === 0) return 0;
  // Loaded only now: most moves find every image in the node.
  if (supply === "official") {
    const { pullAndLoad } = await import("./pull-and-load.ts");
    await pullAndLoad(node, missing);
  } else {
    const { buildAndLoad } = await import("./build-and-load.ts");
    await buildAndLoad(node, missing);
  }
  return 0;
});
