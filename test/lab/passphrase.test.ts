import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { ensurePassphrase } from "../../hack/lab/passphrase.ts";

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), "lab-pass-")), ".lab", "passphrase");
});

it("makes 32 random bytes that only their owner can read", () => {
  expect(ensurePassphrase(file)).toBe(true);
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(/^[\w-]{43}\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(file))).toEqual(["passphrase"]);
});

it("makes another one for another checkout", () => {
  const other = join(dirname(file), "other");
  ensurePassphrase(file);
  ensurePassphrase(other);
  expect(readFileSync(other, "utf8")).not.toBe(readFileSync(file, "utf8"));
});

it("never touches one that is there", () => {
  ensurePassphrase(file);
  writeFileSync(file, "mine");
  expect(ensurePassphrase(file)).toBe(false);
  expect(readFileSync(file, "utf8")).toBe("mine");
});
