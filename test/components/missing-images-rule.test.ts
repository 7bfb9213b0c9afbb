import { describe, expect, it } from "vitest";
import { imagesCanBeHad } from "../../components/missing-images-rule.ts";

const context = {
  scenarios: [
    { id: "plain" },
    { id: "hello", images: ["hello1"] },
    { id: "graphs", images: ["hello1", "grafana"] },
  ],
  supply: { kind: "registry-only", missingImages: { grafana: "no registry has it" } },
} as const;

describe("imagesCanBeHad", () => {
  it.each(["plain", "hello", "unknown", undefined])("accepts %s", (scenario) => {
    expect(imagesCanBeHad(scenario === undefined ? {} : { scenario }, context)).toEqual([]);
  });

  it("refuses a scenario whose image there is none of: which, why, and what to do", () => {
    expect(imagesCanBeHad({ scenario: "graphs" }, context)).toEqual([
      {
        problem:
          'scenario: given "graphs", which needs the image "grafana", but the registry-only supply has none: no registry has it',
        accepted: "plain, hello",
        fix: "choose another scenario, set imageRegistry to a registry that has it, or set up with LAB_SUPPLY=official",
      },
    ]);
  });

  it("accepts it with a mirror, which may have the image", () => {
    const imageRegistry = "mirror.example.org";
    expect(imagesCanBeHad({ scenario: "graphs", imageRegistry }, context)).toEqual([]);
  });

  it("accepts it where nothing is missing", () => {
    const supply = { kind: "official", missingImages: {} } as const;
    expect(imagesCanBeHad({ scenario: "graphs" }, { ...context, supply })).toEqual([]);
  });
});
