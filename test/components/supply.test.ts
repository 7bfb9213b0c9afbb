import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError } from "../../components/faults.ts";
import { officialSupply, readSupply } from "../../components/supply.ts";
import { images } from "../../components/versions.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("readSupply", () => {
  it("is the official one where set-up never ran", () => {
    expect(readSupply(join(folder, "supply.json"))).toBe(officialSupply);
  });

  it("is what set-up wrote", () => {
    const path = join(folder, "supply.json");
    const written = { ...officialSupply, kind: "registry-only", limits: { kiali: "no web UI" } };
    writeFileSync(path, JSON.stringify(written));
    expect(readSupply(path)).toEqual(written);
  });

  it.each([
    ["cut short", '{"kind": "registry-'],
    ["empty", ""],
    ["of another kind", '{"kind": "registry-only"}'],
    ["that says nothing", "null"],
  ])("refuses a file %s and does not pass it off as the official supply", (_, text) => {
    const path = join(folder, "supply.json");
    writeFileSync(path, text);
    expect(() => readSupply(path)).toThrow(
      new ConfigError([
        { problem: `supply: ${path} was cut short, or changed by hand`, fix: "npm run setup" },
      ]),
    );
  });
});

it.each([
  ["gatewayApi", "no Gateway API"],
  ["gatewayApi, httpbin", "no image for httpbin and no Gateway API"],
])("refuses a supply that was chosen before the checkout knew %s", (_, lacking) => {
  const path = join(folder, "supply.json");
  const { gatewayApi, ...older } = officialSupply;
  const { httpbin, ...roles } = images;
  const written = lacking.includes("httpbin") ? { ...older, images: roles } : older;
  writeFileSync(path, JSON.stringify(written));
  expect([gatewayApi, httpbin]).not.toContain(undefined);
  expect(() => readSupply(path)).toThrow(
    new ConfigError([
      {
        problem: `supply: ${path} is older than this checkout, it knows ${lacking}`,
        fix: "npm run setup",
      },
    ]),
  );
});
