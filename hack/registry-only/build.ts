import type { Supply } from "../../components/supply.ts";
import type { ImageRole } from "../../components/versions.ts";
import { thisMachineLacksSysResource } from "../engine/facts.ts";
import { UserError } from "../toolchain/phase.ts";
import type { Phase } from "../toolchain/phase.ts";
import { buildPart, isBuilt } from "./build-part.ts";
import { commandFolder, linkCommands } from "./commands.ts";
import { imagesOf } from "./image-names.ts";
import { coreParts, neededParts } from "./needed-parts.ts";
import { partFolder } from "./part-folder.ts";
import type { Part } from "./part.ts";
import { parts } from "./parts.ts";
import { partsOfRoles } from "./role-images.ts";
import { isStored } from "./store.ts";
import { supplyOf } from "./supply.ts";

/** The phases that build what every lab needs from package registries; finished ones are done already. */
export function registryOnlyPhases(): Phase[] {
  return [
    ...coreParts(parts).map(buildPhase),
    {
      title: "link the commands",
      done: () => Promise.resolve(isStored(registryOnlyBinDir())),
      run: () => linkCommands(parts),
    },
  ];
}

/** The phases that build the images of these roles; where none is missing, all of them are done. */
export function imagePhases(wanted: readonly ImageRole[]): Phase[] {
  return neededParts(partsOfRoles(wanted), parts).map(buildPhase);
}

function buildPhase(part: Part): Phase {
  return {
    title: `build ${part.name} ${part.version}`,
    done: () => isBuilt(part, parts),
    run: (report) => buildPart(part, parts, report),
  };
}

/**
 * The supply of this room.
 * @throws UserError when parts are missing, with their names
 */
export function registryOnlySupply(): Promise<Supply> {
  // Folders only: whether images are there, the phases ask the engine.
  const missing = coreParts(parts).filter(
    (part) => imagesOf(part, parts).length === 0 && !isStored(partFolder(part, parts)),
  );
  if (missing.length > 0) {
    const names = missing.map((part) => part.name).join(", ");
    return Promise.reject(new UserError(`not built yet: ${names}. Run: npm run setup`));
  }
  return Promise.resolve(supplyOf(parts, thisMachineLacksSysResource()));
}

/** The folder with pulumi, its plugins, kind, kubectl and istioctl. */
export function registryOnlyBinDir(): string {
  return commandFolder(parts);
}
