import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { identities, makers, stageType } from "../../../components/stage/makers.ts";

describe("identities", () => {
  const place = {
    stack: "dev",
    project: "istio-lab",
    type: "kubernetes:core/v1:Service",
    name: "default/httpbin",
  };
  const stage = "urn:pulumi:dev::istio-lab::istio-lab:scenarios:Stage";
  const end = "$kubernetes:core/v1:Service::default/httpbin";

  it("are those on the stage itself, and below each maker", () => {
    expect(identities(place)).toEqual([
      `${stage}${end}`,
      ...makers.map((maker) => `${stage}$${maker}${end}`),
    ]);
  });

  it("differ by stack, project, type and name", () => {
    const others = [
      { ...place, stack: "two" },
      { ...place, project: "other" },
      { ...place, type: "kubernetes:core/v1:Secret" },
      { ...place, name: "default/sleep" },
    ];
    const all = [place, ...others].flatMap(identities);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("makers", () => {
  it("are types of components that there are, each once, in alphabetical order", () => {
    const types = globSync("components/**/*.ts").flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/super\(\s*"(istio-lab:[\w:]+)"/g)].map(
        ([, type = ""]) => type,
      ),
    );
    expect([...new Set(makers)].sort()).toEqual(makers);
    expect(makers.filter((maker) => !types.includes(maker))).toEqual([]);
    expect(makers).not.toContain(stageType);
  });
});
