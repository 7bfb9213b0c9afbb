import type { Supply } from "../../components/supply.ts";
import { UserError } from "./phase.ts";
import type { Place } from "./reach.ts";

export type SupplyKind = Supply["kind"];

/** Which supply, and why: `why` ends the log line "supply: KIND, because …". */
export interface SupplyChoice {
  readonly kind: SupplyKind;
  readonly why: string;
}

/** What the choice rests on; tests give their own. */
export interface Surroundings {
  /** `LAB_SUPPLY`, which forces one. */
  readonly forced: string | undefined;
  readonly os: "linux" | "darwin";
  readonly places: readonly Place[];
  /** undefined when the place answers, else why it does not. */
  whyUnreachable(url: string): Promise<string | undefined>;
  packageRegistryAnswers(): Promise<boolean>;
}

/**
 * Chooses where tools and images come from: the official places when all of them answer, package registries alone when
 * none of them does. Where some do, neither is taken for granted: a passing fault must not begin a build of half an
 * hour. All questions are asked at once, so it takes one time-out at worst.
 * @throws UserError when LAB_SUPPLY is unknown, or nothing can be reached, or a part of the official places only
 */
export async function chooseSupply(around: Surroundings): Promise<SupplyChoice> {
  const { forced } = around;
  if (forced === "official" || forced === "registry-only") {
    return { kind: forced, why: "LAB_SUPPLY says so" };
  }
  if (forced !== undefined && forced !== "") {
    throw new UserError(
      `LAB_SUPPLY is "${forced}": it can be "official", "registry-only", or not set at all (the lab then looks what can be reached)`,
    );
  }
  const [faults, registry] = await Promise.all([
    Promise.all(
      around.places.map(async (place) => ({
        place: place.name,
        why: await around.whyUnreachable(place.url),
      })),
    ),
    around.packageRegistryAnswers(),
  ]);
  const unreachable = faults.filter((fault) => fault.why !== undefined);
  if (unreachable.length === 0) return { kind: "official", why: "all official places answer" };
  const tried = unreachable.map((fault) => `${fault.place} (${fault.why})`).join(", ");
  const none = unreachable.length === faults.length;
  const builds = registry && around.os === "linux";
  if (none && builds) {
    return { kind: "registry-only", why: `package registries answer, but not ${tried}` };
  }
  throw new UserError(
    `no supply for the lab: not reachable: ${tried}; ` +
      (none ? whyNotBuilt(registry) : "the other official places answer. ") +
      "Check the network and the proxy (HTTPS_PROXY) and run it again; " +
      "with mirrors, name them: config imageRegistry for images, LAB_MIRROR for all else" +
      (builds ? "; or LAB_SUPPLY=registry-only builds everything from package registries." : "."),
  );
}

function whyNotBuilt(registry: boolean): string {
  return registry
    ? "package registries answer, but building from them alone works on Linux only. "
    : "the npm registry does not answer either. ";
}
