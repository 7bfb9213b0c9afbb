import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { nothingNoted, readNotes, writeNotes } from "../../../components/by-hand/notes.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it("notes are read as they were written, in a folder that may not be there yet", () => {
  const key = "Service default/a";
  const notes = {
    ...{ signatures: { [key]: "0a" }, putBack: { [key]: 2 } },
    ...{ rolled: { [key]: 1 }, sidecars: { [key]: true } },
  };
  writeNotes(join(folder, "dev"), notes);
  expect(readNotes(join(folder, "dev"))).toEqual(notes);
});

it.each([
  ["there is no file", undefined],
  ["it was cut short", '{"signatures": {"a'],
  ["it is something else", '{"signatures": {"a": 1}}'],
])("nothing is noted where %s", (_, text) => {
  if (text !== undefined) writeFileSync(join(folder, "objects.json"), text);
  expect(readNotes(folder)).toEqual(nothingNoted);
});
