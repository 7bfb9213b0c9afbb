import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../toolchain/phase.ts";

/**
 * Takes Pulumi's salt out of a stack file. It belongs to a passphrase; where that is gone (`.lab` was removed), the
 * salt is of no use, and Pulumi would refuse the new passphrase for it.
 * @throws UserError when the file has secrets that only the old passphrase could read
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
  if (without === text) return;
  if (/^\s+(- )?secure:/m.test(text)) {
    throw new UserError(
      `Pulumi.${stack}.yaml has secrets encrypted with a passphrase that is gone: put it back in ` +
        '.lab/passphrase, or remove the secrets (lines with "secure:") and the line "encryptionsalt:"',
    );
  }
  writeFileSync(file, without);
}
