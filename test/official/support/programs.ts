import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { buildPart } from "../../../hack/registry-only/build-part.ts";
import { partFolder } from "../../../hack/registry-only/part-folder.ts";
import type { Part } from "../../../hack/registry-only/part.ts";
import { parts } from "../../../hack/registry-only/parts.ts";
import { partNamed } from "../../../hack/registry-only/recipe-hash.ts";
import { registryPart } from "../../../hack/registry-only/registry-part.ts";
import { address, allHosts, registryPort } from "./places.ts";

/** CoreDNS, which leads every name to the server and knows no other. */
export function namesProgram(): Promise<string> {
  return programOf(partNamed("coredns", parts), parts, "coredns");
}

/** The registry behind all image registries. */
export function registryProgram(): Promise<string> {
  return programOf(registryPart, [registryPart], "registry");
}

async function programOf(part: Part, all: readonly Part[], file: string): Promise<string> {
  await buildPart(part, all, () => undefined);
  return join(partFolder(part, all), file);
}

/** CoreDNS's configuration, and the zone that holds every name there is. @returns the configuration's file */
export function writeNames(folder: string): string {
  const zone = join(folder, "zone");
  const records = allHosts.map((host) => `${host}. 60 IN A ${address}\n`);
  writeFileSync(zone, `. 60 IN SOA internet. nobody. 1 60 60 60 60\n${records.join("")}`);
  const file = join(folder, "Corefile");
  writeFileSync(file, `. {\n  bind ${address}\n  file ${zone} .\n}\n`);
  return file;
}

/**
 * The registry's configuration.
 * @param port of the loopback address
 * @returns its file
 */
export function writeRegistry(folder: string, port: number = registryPort): string {
  const file = join(folder, "registry.yaml");
  const configuration = {
    version: "0.1",
    log: { level: "error", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, "registry") } },
    http: { addr: `127.0.0.1:${port}` },
  };
  writeFileSync(file, stringify(configuration));
  return file;
}
