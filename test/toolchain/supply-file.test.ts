import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { officialSupply, readSupply } from "../../components/supply.ts";
import { isSaved, saveSupply, savedSupply } from "../../hack/toolchain/supply-file.ts";

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "lab-supply-")), ".lab", "supply.json");
});

it("writes what the program reads", () => {
  expect(savedSupply(path)).toBeUndefined();
  expect(isSaved(officialSupply, path)).toBe(false);

  saveSupply(officialSupply, path);

  expect(savedSupply(path)).toEqual(officialSupply);
  expect(readSupply(path)).toEqual(officialSupply);
  expect(isSaved(officialSupply, path)).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o644);
  expect(readdirSync(dirname(path))).toEqual(["supply.json"]);
});

it("notices that the supply is another one now", () => {
  saveSupply(officialSupply, path);
  expect(isSaved({ ...officialSupply, nodeImage: "kindest/node:v9.9.9" }, path)).toBe(false);
});

it("takes a cut file for none", () => {
  saveSupply(officialSupply, path);
  writeFileSync(path, '{ "kind": "offi');
  expect(savedSupply(path)).toBeUndefined();
});
