import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { homeFaults, placeFaults, temporaryFaults } from "../../components/writable-places.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab places-"));
  for (const name of ["TMP", "TEMP"]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it("finds nothing, and leaves nothing, in folders that can be written", () => {
  vi.stubEnv("HOME", folder);
  vi.stubEnv("TMPDIR", folder);
  expect(placeFaults()).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

it("says at once that a home can't be written, also to root", () => {
  vi.stubEnv("HOME", "/proc/nope");
  expect(homeFaults()).toEqual([
    {
      problem: 'HOME: no file can be made in "/proc/nope" (no such file or directory)',
      accepted: "a folder that this user may write to",
      fix: "export HOME=FOLDER",
    },
  ]);
});

it.each([
  ["TMPDIR", "is not there", () => join(folder, "gone"), "no such file or directory"],
  ["TMPDIR", "is a file", () => join(folder, "file"), "not a directory"],
  ["TMP", "can't be written", () => "/proc", "no such file or directory"],
])("says which of %s %s, and how to do without", (variable, _, place, why) => {
  writeFileSync(join(folder, "file"), "");
  mkdirSync(join(folder, "home"));
  vi.stubEnv("HOME", join(folder, "home"));
  vi.stubEnv("TMPDIR", undefined);
  vi.stubEnv(variable, place());
  const [fault, ...others] = placeFaults();
  expect(others).toEqual([]);
  expect(fault).toMatchObject({
    problem: `${variable}: no file can be made in "${place()}" (${why})`,
    fix: `unset ${variable}, or export ${variable}=FOLDER`,
  });
  expect(temporaryFaults()).toEqual([fault]);
});
