import type { Supply } from "../../components/supply.ts";
import { withConfig } from "../../components/supply-with-config.ts";
import type { StackFacts } from "../lab/stack.ts";
import { UserError } from "../toolchain/phase.ts";
import { savedSupply } from "../toolchain/supply-file.ts";

/**
 * The supply of this checkout as a stack's config wants it: its node image, its Istio version, images of its mirror. What
 * a mirror lacks nobody knows before asking it.
 * @throws UserError when set-up never ran
 */
export function stackSupply(
  config: Pick<StackFacts, "imageRegistry" | "istioVersion" | "nodeImage">,
): Supply {
  const saved = savedSupply();
  if (saved === undefined) throw new UserError("no supply is set up: run npm run setup");
  const supply = withConfig(saved, config);
  return config.imageRegistry === undefined ? supply : { ...supply, missingImages: {} };
}
