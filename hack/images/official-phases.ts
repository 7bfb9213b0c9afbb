import { imagesOfMesh, imagesOfRoles } from "../../components/cluster/node-images.ts";
import type { Supply } from "../../components/supply.ts";
import type { ImageRole } from "../../components/versions.ts";
import { hasImages } from "../toolchain/has-images.ts";
import { UserError, type Phase } from "../toolchain/phase.ts";
import { loadPhase } from "./load-phase.ts";
import { missingIn } from "./node-images.ts";
import { pullImage } from "./pull-image.ts";

/**
 * The phases that get images from their registries into the container engine, and from there into a kind node; none
 * where all are there.
 * @param node its container; without one the images are for the engine alone, those of the node and of Istio with them
 */
export async function officialImagePhases(
  supply: Pick<Supply, "kind" | "images" | "rolesInNode" | "istio" | "nodeImage">,
  roles: readonly ImageRole[],
  node?: string,
): Promise<readonly Phase[]> {
  const names = imagesOfRoles(supply, roles);
  if (node === undefined) {
    const all = [supply.nodeImage, ...imagesOfMesh(supply, { metallb: false }), ...names];
    return (await hasImages(all)) ? [] : [pullPhase(all)];
  }
  const missing = names.length === 0 ? [] : await missingIn(node, names);
  return missing.length === 0 ? [] : pullAndLoadPhases(node, missing);
}

/** The phases that pull images and put them into a kind node. */
export function pullAndLoadPhases(node: string, images: readonly string[]): readonly Phase[] {
  return [pullPhase(images), loadPhase(node, images)];
}

/** Pulls all at once: the engine itself sees to it that not too many downloads go on. */
function pullPhase(images: readonly string[]): Phase {
  return {
    title: `pull ${images.length === 1 ? images[0] : `${images.length} images`}`,
    done: () => hasImages(images),
    async run(report) {
      const progress = new Map<string, string>();
      const refused = new Set<string>();
      await Promise.all(
        images.map(async (image) => {
          if (await hasImages([image])) return;
          try {
            await pullImage(image, (line) => {
              progress.set(image, line);
              report([...progress.values()].join("; "));
            });
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
            refused.add(error.message);
          }
          progress.delete(image);
        }),
      );
      if (refused.size > 0) throw new UserError([...refused].join("\n"));
    },
  };
}
