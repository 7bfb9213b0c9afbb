import { expect, it } from "vitest";
import { imageParts, splitImage } from "../../components/supply-parts.ts";
import { officialSupply } from "../../components/supply.ts";

it("names Istio, every role and the node", () => {
  const names = imageParts(officialSupply).map(({ name }) => name);
  expect(names).toEqual(["istio", ...Object.keys(officialSupply.images), "kind node"]);
});

it.each([
  ["docker.io/a/b:v1", "v1", "docker.io/a/b"],
  ["kindest/node:v1.34.11@sha256:44e2", "v1.34.11", "kindest/node"],
])("splits %s", (image, version, from) => {
  expect(splitImage("x", image)).toEqual({ name: "x", version, from });
});
