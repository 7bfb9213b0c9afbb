import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Takes Pulumi's salt out of a stack file. It belongs to a passphrase; where that is gone (`.lab` was removed), the
 * salt is of no use, and Pulumi would refuse the new passphrase for it.
 */
export function dropSalt(folder: string, stack: string): void {
  const file = join(folder, `Pulumi.${stack}.yaml`);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return;
  }
  const without = text.replace(/^encryptionsalt:.*\n?/m, "");
  if (without !== text) writeFileSync(file, without);
}
