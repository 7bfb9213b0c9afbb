import type { LabConfig } from "./config.ts";
import type { Fault } from "./faults.ts";
import type { Supply } from "./supply.ts";
import type { ImageRole } from "./versions.ts";

/** What {@link imagesCanBeHad} looks at. */
export interface ImageContext {
  readonly scenarios: readonly { readonly id: string; readonly images?: readonly ImageRole[] }[];
  readonly supply: Pick<Supply, "kind" | "missingImages" | "rolesInNode">;
}

/** A scenario whose image can't be had is refused before anything changes; a mirror of one's own may have it. */
export function imagesCanBeHad(
  { scenario, imageRegistry }: Partial<Pick<LabConfig, "scenario" | "imageRegistry">>,
  { scenarios, supply }: ImageContext,
): Fault[] {
  const wanted = scenarios.find(({ id }) => id === scenario)?.images ?? [];
  if (imageRegistry !== undefined) return [];
  return wanted.flatMap((role) => {
    const reason = supply.missingImages[role];
    if (reason === undefined) return [];
    return [
      {
        problem: `scenario: given "${scenario}", which needs the image "${role}", but the ${supply.kind} supply has none: ${reason}`,
        accepted: scenarios
          .filter(({ images = [] }) => images.every((one) => !(one in supply.missingImages)))
          .map(({ id }) => id)
          .join(", "),
        fix: "choose another scenario, set imageRegistry to a registry that has it, or set up with LAB_SUPPLY=official",
      },
    ];
  });
}

/**
 * Images that are built on this machine get into the lab's own nodes, not into somebody else's. Those that every node of
 * the lab is made with are taken to be there: the owner may have made the cluster of the lab's node image.
 */
export function imagesReachCluster(
  { scenario, cluster, imageRegistry }: Partial<LabConfig>,
  { scenarios, supply }: ImageContext,
): Fault[] {
  if (cluster !== "existing" || supply.kind === "official" || imageRegistry !== undefined)
    return [];
  const outside = ({ images = [] }: ImageContext["scenarios"][number]): ImageRole[] =>
    images.filter((role) => !(supply.rolesInNode.includes(role) || role in supply.missingImages));
  const wanted = scenarios.filter(({ id }) => id === scenario).flatMap(outside);
  if (wanted.length === 0) return [];
  return [
    {
      problem: `scenario: given "${scenario}", whose images (${wanted.join(", ")}) are built on this machine, which can't put them into an existing cluster`,
      accepted: scenarios
        .filter((one) => outside(one).length === 0)
        .map(({ id }) => id)
        .join(", "),
      fix: "choose another scenario, set imageRegistry to a registry that has them, or pulumi config set istio-lab:cluster kind",
    },
  ];
}
