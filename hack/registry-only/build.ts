import { join } from "node:path";
import type { Supply } from "../../components/supply.ts";
import { thisMachineLacksSysResource } from "../engine/facts.ts";
import { UserError } from "../toolchain/phase.ts";
import type { Phase } from "../toolchain/phase.ts";
import { buildPart, isBuilt } from "./build-part.ts";
import { commandFolder, linkCommands } from "./commands.ts";
import { imagesOf } from "./image-names.ts";
import { partFolder } from "./part-folder.ts";
import { parts } from "./parts.ts";
import { partNamed } from "./recipe-hash.ts";
import { isStored } from "./store.ts";
import { supplyOf } from "./supply.ts";

/** The phases that build everything from package registries; finished ones are done already. */
export function registryOnlyPhases(): Phase[] {
  const built = parts.map((part) => ({
    title: `build ${part.name} ${part.version}`,
    done: () => isBuilt(part, parts),
    run: (report: (line: string) => void) => buildPart(part, parts, report),
  }));
  return [
    ...built,
    {
      title: "link the commands",
      done: () => Promise.resolve(isStored(registryOnlyBinDir())),
      run: () => linkCommands(parts),
    },
  ];
}

/**
 * The supply of this room.
 * @throws UserError when parts are missing, with their names
 */
export function registryOnlySupply(): Promise<Supply> {
  // Folders only: whether images are there, the phases ask the engine.
  const missing = parts.filter(
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

/** Schemas to check manifests against: Istio's CRDs (YAML) and Kubernetes' OpenAPI 2 document (JSON). */
export function registryOnlySchemas(): {
  readonly istioCrds: string;
  readonly kubernetesOpenApi: string;
} {
  return {
    istioCrds: join(
      partFolder(partNamed("istio", parts), parts),
      "charts/base/files/crd-all.gen.yaml",
    ),
    kubernetesOpenApi: join(partFolder(partNamed("kubernetes", parts), parts), "swagger.json"),
  };
}
