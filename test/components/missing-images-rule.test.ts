import { describe, expect, it } from "vitest";
import { imagesCanBeHad, imagesReachCluster } from "../../components/missing-images-rule.ts";

const context = {
  scenarios: [
    { id: "plain" },
    { id: "hello", images: ["hello1"] },
    { id: "graphs", images: ["hello1", "grafana"] },
  ],
  supply: {
    kind: "registry-only",
    missingImages: { grafana: "no registry has it" },
    rolesInNode: ["httpbin"],
  },
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
    const supply = { kind: "official", missingImages: {}, rolesInNode: [] } as const;
    expect(imagesCanBeHad({ scenario: "graphs" }, { ...context, supply })).toEqual([]);
  });
});

describe("imagesReachCluster", () => {
  const existing = { cluster: "existing", scenario: "hello" } as const;

  it("refuses a scenario whose images an existing cluster can't get from here", () => {
    expect(imagesReachCluster(existing, context)).toEqual([
      {
        problem:
          'scenario: given "hello", whose images (hello1) are built on this machine, which can\'t put them into an existing cluster',
        accepted: "plain",
        fix: "choose another scenario, set imageRegistry to a registry that has them, or pulumi config set istio-lab:cluster kind",
      },
    ]);
  });

  it.each([
    ["one without images of its own", { ...existing, scenario: "plain" }, context],
    ["the lab's own cluster", { ...existing, cluster: "kind" }, context],
    ["a mirror", { ...existing, imageRegistry: "mirror.example.org" }, context],
    [
      "images that every node is made with",
      existing,
      { ...context, supply: { ...context.supply, rolesInNode: ["hello1"] } },
    ],
    [
      "the official supply",
      existing,
      { ...context, supply: { ...context.supply, kind: "official" } },
    ],
  ] as const)("accepts %s", (_, config, within) => {
    expect(imagesReachCluster(config, within)).toEqual([]);
  });
});
