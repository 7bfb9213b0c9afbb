import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { kindConfig } from "../../components/cluster/kind-config.ts";
import type { LabConfig } from "../../components/config.ts";
import type { KubernetesObject } from "../../components/kubernetes-manifest.ts";
import type { Supply } from "../../components/supply.ts";
import { istioReleases } from "../render/istio-by-helm.ts";
import { istioOperator } from "./istio-operator.ts";
import type { Place } from "./places.ts";

/** What the lab is built from, by hand or not. */
export interface LabToBuild {
  readonly config: LabConfig;
  readonly supply: Supply;
  /** Everything the step applies, as `npm run render` writes it. */
  readonly objects: readonly KubernetesObject[];
}

/**
 * Writes the files that a person would have written before the first command: `kind.yaml`, `istio.yaml`, `lab.yaml`
 * and, for openssl, `<host>.ext`.
 * @param folder where they go; also mounted in the node, which marks the cluster as the benchmark's
 */
export async function writeHandFiles(
  folder: string,
  place: Place,
  { config, supply, objects }: LabToBuild,
): Promise<void> {
  const kind = kindConfig({
    nodes: config.nodes,
    listenAddress: config.listenAddress,
    ports: [
      { hostPort: place.httpPort, nodePort: config.httpNodePort },
      { hostPort: place.httpsPort, nodePort: config.httpsNodePort },
      { hostPort: place.statusPort, nodePort: config.statusNodePort },
    ],
    ownerFolder: join(folder, "node"),
    containerdConfigPatches: supply.containerdConfigPatches,
  });
  const { istio } = supply;
  const files: Readonly<Record<string, string>> = {
    "kind.yaml": kind,
    "istio.yaml": stringify(istioOperator(istioReleases(istio, config), istio)),
    "lab.yaml": appliedByHand(objects)
      .map((object) => stringify(object))
      .join("---\n"),
    ...Object.fromEntries(
      hostsOf(config).map((host) => [`${host}.ext`, `subjectAltName=DNS:${host}\n`]),
    ),
  };
  await mkdir(join(folder, "node"), { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

/** The hosts the lab answers to. */
export function hostsOf({ replicas, domain }: Pick<LabConfig, "replicas" | "domain">): string[] {
  return Array.from({ length: replicas }, (_, ordinal) => `httpbin-${ordinal}.${domain}`);
}

/** Secrets are made from openssl's files, and namespaces are there by then. */
export function appliedByHand(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.filter(({ kind }) => kind !== "Secret" && kind !== "Namespace");
}
