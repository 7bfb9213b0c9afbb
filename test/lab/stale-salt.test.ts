import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { dropSalt } from "../../hack/lab/stale-salt.ts";

it("takes the salt out of the stack file and nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "salt-"));
  const file = join(folder, "Pulumi.dev.yaml");
  writeFileSync(file, "config:\n  istio-lab:step: app\nencryptionsalt: v1:abc=:v1:def\n");
  dropSalt(folder, "dev");
  expect(readFileSync(file, "utf8")).toBe("config:\n  istio-lab:step: app\n");
});

it("does nothing where there is no stack file", () => {
  const folder = mkdtempSync(join(tmpdir(), "salt-"));
  expect(() => {
    dropSalt(folder, "other");
  }).not.toThrow();
});

it("refuses to make the user's own secrets unreadable", () => {
  const folder = mkdtempSync(join(tmpdir(), "salt-"));
  const file = join(folder, "Pulumi.dev.yaml");
  const text = "config:\n  istio-lab:token:\n    secure: v1:xyz\nencryptionsalt: v1:abc=:v1:def\n";
  writeFileSync(file, text);
  expect(() => {
    dropSalt(folder, "dev");
  }).toThrow("Pulumi.dev.yaml has secrets encrypted with a passphrase that is gone");
  expect(readFileSync(file, "utf8")).toBe(text);
});
