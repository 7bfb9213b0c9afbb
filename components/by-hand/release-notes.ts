import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ObjectMetadata } from "./managed-fields.ts";
import type { HelmSecret, ReleasePlace } from "./release-manifest.ts";
import { signatureOf } from "./signature.ts";

/** What was noted of a Helm release once its objects were applied. */
export interface ReleaseNote {
  /** Of each of its objects, by key. */
  readonly signatures: Readonly<Record<string, string>>;
  /** Helm's own notes of it: without them Helm knows no such release. */
  readonly secrets: readonly HelmSecret[];
}

const fileOf = (stackFolder: string, release: string): string =>
  join(stackFolder, "releases", `${release}.json`);

/** Reads `.lab/<stack>/releases/<release>.json`; nothing where there is no such file, or one that was cut short. */
export function readReleaseNote(stackFolder: string, release: string): ReleaseNote | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(stackFolder, release), "utf8")) as ReleaseNote;
  } catch {
    return undefined;
  }
}

/** Writes it; only this user may read it, for a chart's values are in it. */
export function writeReleaseNote(stackFolder: string, release: string, note: ReleaseNote): void {
  const file = fileOf(stackFolder, release);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(note), { mode: 0o600 });
}

/** Signatures of the objects of a release, among all that Helm made. */
export function signaturesOf(
  released: ReadonlyMap<string, ObjectMetadata>,
  { release, namespace }: ReleasePlace,
): Readonly<Record<string, string>> {
  const mine = [...released].filter(
    ([, { annotations, labels, namespace: place }]) =>
      (annotations?.["meta.helm.sh/release-name"] === release &&
        annotations["meta.helm.sh/release-namespace"] === namespace) ||
      // Helm's own note of the revision that is deployed.
      (labels?.["owner"] === "helm" &&
        labels["name"] === release &&
        labels["status"] === "deployed" &&
        place === namespace),
  );
  return Object.fromEntries(mine.map(([key, metadata]) => [key, signatureOf(metadata)]));
}

/** Keys of the objects of a release that somebody changed or deleted since they were noted. */
export function changedSince(
  { signatures }: ReleaseNote,
  released: ReadonlyMap<string, ObjectMetadata>,
): readonly string[] {
  return Object.entries(signatures)
    .filter(([key, noted]) => {
      const now = released.get(key);
      return now === undefined || signatureOf(now) !== noted;
    })
    .map(([key]) => key)
    .sort();
}
