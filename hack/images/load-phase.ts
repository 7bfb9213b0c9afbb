import type { Phase } from "../toolchain/phase.ts";
import { loadInto, missingIn } from "./node-images.ts";

/**
 * The phase that puts images into a kind node, as far as it has them not.
 * @param node name or id of its container
 */
export function loadPhase(node: string, names: readonly string[]): Phase {
  return {
    title: `load ${names.length === 1 ? "1 image" : `${names.length} images`} into ${node}`,
    done: async () => (await missingIn(node, names)).length === 0,
    async run(report) {
      const missing = await missingIn(node, names);
      report(missing.join(", "));
      await loadInto(node, missing);
    },
  };
}
