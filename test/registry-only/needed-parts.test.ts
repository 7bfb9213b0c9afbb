import { describe, expect, it } from "vitest";
import { coreParts, neededParts } from "../../hack/registry-only/needed-parts.ts";
import { parts } from "../../hack/registry-only/parts.ts";
import { imagePhases, registryOnlyPhases } from "../../hack/registry-only/build.ts";

const names = (some: readonly { readonly name: string }[]): string[] =>
  some.map(({ name }) => name);

describe("parts on demand", () => {
  it("takes a part and all that it is made of, in the order of the table", () => {
    expect(names(neededParts(["fortio-image", "bookinfo-reviews-images"], parts))).toEqual([
      "fortio",
      "fortio-image",
      "bookinfo-sources",
      "bookinfo-base",
      "bookinfo-reviews",
      "bookinfo-reviews-images",
    ]);
  });

  it("refuses a name that is not in the table", () => {
    expect(() => neededParts(["nothing"], parts)).toThrow('no part "nothing" in the table');
  });

  it("leaves to the scenarios what only they need", () => {
    const core = names(coreParts(parts));
    expect(names(parts).filter((name) => !core.includes(name))).toEqual([
      ...["hello-app", "hello-images", "fortio", "fortio-image"],
      ...["bookinfo-sources", "bookinfo-base", "bookinfo-python", "bookinfo-node"],
      ...["bookinfo-reviews", "bookinfo-productpage-images", "bookinfo-details-images"],
      ...["bookinfo-ratings-images", "bookinfo-reviews-images"],
    ]);
  });

  it("makes a phase of each, and of nothing else", () => {
    const title = ({ title: text }: { readonly title: string }): string => text;
    expect(imagePhases(["hello1", "hello2"]).map(title)).toEqual([
      "build hello-app 1",
      "build hello-images 1",
    ]);
    expect(imagePhases(["grafana"])).toEqual([]);
    expect(registryOnlyPhases()).toHaveLength(coreParts(parts).length + 1);
  });
});
