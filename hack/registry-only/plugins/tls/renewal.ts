import type { Properties } from "../property.ts";
import { hasUnknown } from "../property.ts";
import type { InputFault } from "../provider.ts";
import { atLeast, number, oneOf, text } from "./inputs.ts";
import { allowedUseNames } from "./usage-names.ts";

/** What the state of a certificate holds beside what its own resource adds. */
export const certificateDefaults: Properties = {
  earlyRenewalHours: 0,
  isCaCertificate: false,
  maxPathLength: -1,
  readyForRenewal: false,
  setSubjectKeyId: false,
};

/** What is known of a certificate only once it is made. */
export const certificateOutputs = ["certPem", "validityStartTime", "validityEndTime"];

/** The faults that inputs of either kind of certificate can have. */
export function certificateFaults(
  known: Properties,
  isGiven: (input: string) => boolean,
): InputFault[] {
  return [
    ...["validityPeriodHours", "allowedUses"]
      .filter((name) => !isGiven(name))
      .map((property) => ({ property, reason: "must be given" })),
    ...atLeast(known, "validityPeriodHours", 0),
    ...atLeast(known, "earlyRenewalHours", 0),
    ...atLeast(known, "maxPathLength", -1),
    ...oneOf(known, "allowedUses", allowedUseNames),
  ];
}

/** Whether a certificate has come within `earlyRenewalHours` of its end, or is past it. */
export function isReadyForRenewal(state: Properties, now = Date.now()): boolean {
  const end = Date.parse(text(state, "validityEndTime") ?? "");
  const early = state["earlyRenewalHours"];
  if (Number.isNaN(end) || hasUnknown(early)) return false;
  return end - (number(state, "earlyRenewalHours") ?? 0) * 3_600_000 <= now;
}
