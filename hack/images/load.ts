import type { ImageRole } from "../../components/versions.ts";
import { runCommand } from "../lab/command.ts";
import { UserError } from "../toolchain/phase.ts";
import { missingIn } from "./node-images.ts";

// What NodeImages runs in `pulumi up`: NODE is the kind node's container, IMAGES has words "role=image".
await runCommand(async () => {
  const { NODE: node = "", IMAGES: words = "" } = process.env;
  if (node === "" || words === "") {
    throw new UserError("this is a step of pulumi up; to get images in advance: npm run images");
  }
  const roles = new Map(words.split(" ").map(imageAndRole));
  const missing = await missingIn(node, [...roles.keys()]);
  if (missing.length > 0) {
    // Loaded only now: most moves find every image in the node.
    const { buildAndLoad } = await import("./build-and-load.ts");
    await buildAndLoad(node, new Map([...roles].filter(([image]) => missing.includes(image))));
  }
  return 0;
});

function imageAndRole(word: string): [string, ImageRole] {
  const [role = "", image = ""] = word.split("=");
  return [image, role as ImageRole];
}
