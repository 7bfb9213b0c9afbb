import type { Supply } from "../../components/supply.ts";
import { withConfig } from "../../components/supply-with-config.ts";
import type { StackFacts } from "../lab/stack.ts";
import { UserError } from "../toolchain/phase.ts";
import { savedSupply } from "../toolchain/supply-file.ts";

/**
 * The supply of this checkout, with the images of a stack: of a mirror, where config gives one. What a mirror lacks
 * nobody knows before asking it.
 * @throws UserError when set-up never ran
 */
export function stackSupply({ imageRegistry }: Pick<StackFacts, "imageRegistry">): Supply {
  const saved = savedSupply();
  if (saved === undefined) throw new UserError("no supply is set up: run npm run setup");
  if (imageRegistry === undefined) return saved;
  return { ...withConfig(saved, { imageRegistry }), missingImages: {} };
}
