import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes the passphrase file on first use: 32 random bytes as base64url, readable by its owner alone.
 * An existing one is never touched: without it the state can't be read.
 * @returns whether it was made by this call
 */
export function ensurePassphrase(file: string): boolean {
  if (existsSync(file)) return false;
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  try {
    // A link, unlike a rename, fails if another process was first; and the file is never half-written.
    linkSync(part, file);
    return true;
  } catch (error) {
    if (!existsSync(file)) throw error;
    return false;
  } finally {
    rmSync(part);
  }
}
