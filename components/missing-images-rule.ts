import type { LabConfig } from "./config.ts";
import type { Fault } from "./faults.ts";
import type { Supply } from "./supply.ts";
import type { ImageRole } from "./versions.ts";

/** What {@link imagesCanBeHad} looks at. */
export interface ImageContext {
  readonly scenarios: readonly { readonly id: string; readonly images?: readonly ImageRole[] }[];
  readonly supply: Pick<Supply, "kind" | "missingImages">;
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
