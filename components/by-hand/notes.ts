import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

const schema = z.object({
  signatures: z.record(z.string(), z.string()),
  putBack: z.record(z.string(), z.int().min(1)),
  rolled: z.record(z.string(), z.int().min(1)),
  sidecars: z.record(z.string(), z.boolean()),
});

/** What an `up` noted of the objects it left behind. */
export interface Notes {
  /** By key, see `signatureOf`. */
  readonly signatures: Readonly<Record<string, string>>;
  /** How often each was put back after somebody changed it by hand; none is not in it. */
  readonly putBack: Readonly<Record<string, number>>;
  /** How often each workload's pods were made anew as they lacked their sidecar, or had one too many. */
  readonly rolled: Readonly<Record<string, number>>;
  /** Whether each workload's pods have one. */
  readonly sidecars: Readonly<Record<string, boolean>>;
}

/** Nothing is known: then nothing was changed by hand. */
export const nothingNoted: Notes = { signatures: {}, putBack: {}, rolled: {}, sidecars: {} };

const fileIn = (stackFolder: string): string => join(stackFolder, "objects.json");

/** Reads `.lab/<stack>/objects.json`; nothing noted where there is no file, or one that was cut short. */
export function readNotes(stackFolder: string): Notes {
  try {
    return schema.parse(JSON.parse(readFileSync(fileIn(stackFolder), "utf8")));
  } catch {
    return nothingNoted;
  }
}

/** Writes it, whole. */
export function writeNotes(stackFolder: string, notes: Notes): void {
  const file = fileIn(stackFolder);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(notes, null, 1));
}
