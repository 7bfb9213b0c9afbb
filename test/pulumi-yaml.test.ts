import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { settings } from "../components/config-schema.ts";
import { checkConfig, ownConfig } from "../components/config.ts";
import { scenarios } from "../components/scenarios/registry.ts";
import { officialSupply } from "../components/supply.ts";

interface Declared {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly value?: unknown;
}

const read = (name: string): Record<string, unknown> =>
  parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8")) as Record<string, unknown>;
const project = read("Pulumi.yaml");
const { "pulumi:disable-default-providers": disabled, ...declared } = project["config"] as Record<
  string,
  Declared
>;

describe("Pulumi.yaml", () => {
  it("names the project, a runtime that builds nothing, and a backend that needs no account", () => {
    expect(project).toMatchObject({
      name: "istio-lab",
      runtime: { name: "nodejs", options: { typescript: false } },
      backend: { url: "file://./.lab/state?create_dir=true" },
    });
  });

  it("disables the default Kubernetes provider", () => {
    expect(disabled).toEqual({ value: ["kubernetes"] });
  });

  it("declares the keys that the program knows, in its order", () => {
    expect(Object.keys(declared)).toEqual(Object.keys(settings));
  });

  it.each(Object.entries(settings))(
    "%s has the program's default and a description",
    (key, { byDefault }) => {
      const { default: value, description } = declared[key] ?? {};
      expect(typeof value === "string" ? value : JSON.stringify(value)).toBe(byDefault);
      expect(description).toMatch(/^\S.{15,110}$/);
    },
  );

  // Pulumi stops at the first value of a wrong type, before the program can report all faults at once.
  it.each(Object.entries(declared))("%s is left to the program to check", (key, { type }) => {
    expect(type).toBe(key === "addons" ? undefined : "string");
  });
});

describe("Pulumi.dev.yaml", () => {
  // A user's own settings may be in it by now, and the salt that Pulumi adds.
  const { config } = read("Pulumi.dev.yaml") as { config: Record<string, unknown> };

  it("names one whole scenario", () => {
    expect(Object.keys(config)).toEqual(
      expect.arrayContaining(["istio-lab:scenario", "istio-lab:step"]),
    );
  });

  it("is a valid configuration without anything secret", () => {
    const raw = Object.fromEntries(
      Object.entries(config).map(([key, value]) => {
        return [key, typeof value === "string" ? value : JSON.stringify(value)];
      }),
    );
    expect(JSON.stringify(raw)).not.toContain("secure");
    const context = { stack: "dev", scenarios, supply: officialSupply };
    expect(checkConfig(ownConfig(raw), context).faults).toEqual([]);
  });
});
