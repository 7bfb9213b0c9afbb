import { expect, it } from "vitest";
import { mirrorIn } from "../../hack/registry-only/build-debian.ts";

const targets = [
  "bookworm-security http://mirror.example/debian-security",
  "bookworm http://mirror.example/debian",
  "bookworm-updates http://other.example/debian",
].join("\n");

it.each([
  ["bookworm", "http://mirror.example/debian"],
  ["bookworm-updates", "http://other.example/debian"],
  ["trixie", undefined],
])("the mirror of %s is %s", (release, mirror) => {
  expect(mirrorIn(targets, release)).toBe(mirror);
});
