import { partFolder } from "../registry-only/part-folder.ts";
import { coreParts } from "../registry-only/needed-parts.ts";
import { imagesOf } from "../registry-only/image-names.ts";
import { parts } from "../registry-only/parts.ts";
import { isStored } from "../registry-only/store.ts";

/** What decides whether an internet can be simulated; tests give their own. */
export interface SimulationFacts {
  readonly os: string;
  readonly root: boolean;
  /** Parts of registry-only that every lab needs and that are not built. */
  readonly missingParts: readonly string[];
}

/** Why the tests can't simulate an internet on a machine, or undefined where they can. */
export function whyNoInternet(facts: SimulationFacts = thisMachine()): string | undefined {
  if (facts.os !== "linux") return "that takes Linux, whose namespaces make a machine within one";
  if (!facts.root) return "that takes root, who may make namespaces";
  if (facts.missingParts.length === 0) return undefined;
  return (
    `its places would have nothing: not built are ${facts.missingParts.join(", ")} ` +
    "(LAB_SUPPLY=registry-only npm run setup builds them)"
  );
}

function thisMachine(): SimulationFacts {
  const missing = coreParts(parts).filter(
    (part) => imagesOf(part, parts).length === 0 && !isStored(partFolder(part, parts)),
  );
  return {
    os: process.platform,
    root: process.getuid?.() === 0,
    missingParts: missing.map(({ name }) => name),
  };
}
