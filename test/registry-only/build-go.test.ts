import { describe, expect, it } from "vitest";
import { linkFlags, progress } from "../../hack/registry-only/build-go.ts";
import { newEnough } from "../../hack/registry-only/go-toolchain.ts";
import { filled } from "../../hack/registry-only/module-files.ts";

it("counts modules and packages as go names them", () => {
  const show = progress();
  expect(
    [
      "go: downloading sigs.k8s.io/yaml v1.6.0",
      "go: downloading golang.org/x/net v0.46.0",
      "internal/abi",
      "k8s.io/api/core/v1",
      "# command-line-arguments: something is wrong",
    ].map(show),
  ).toEqual([
    "download module 1: sigs.k8s.io/yaml v1.6.0",
    "download module 2: golang.org/x/net v0.46.0",
    "compile package 1: internal/abi",
    "compile package 2: k8s.io/api/core/v1",
    "# command-line-arguments: something is wrong",
  ]);
});

it("sets variables at link time", () => {
  expect(linkFlags({})).toBe("-s -w");
  expect(linkFlags({ "main.version": "1.2.3", "a.b": "c" })).toBe(
    "-s -w -X main.version=1.2.3 -X a.b=c",
  );
});

it.each([
  ["go1.26.8", true],
  ["go1.26.0", true],
  ["go2.0.0", true],
  ["go1.25.9", false],
  ["go1.19.8", false],
  ["devel", false],
])("Go %s is new enough: %s", (version, enough) => {
  expect(newEnough(version)).toBe(enough);
});

describe("fields filled in", () => {
  it("in JSON", () => {
    expect(JSON.parse(filled('{"name":"a","version":""}', ".json", { version: "4.18.1" }))).toEqual(
      {
        name: "a",
        version: "4.18.1",
      },
    );
  });

  it("in YAML, its comments kept", () => {
    expect(filled("# why\nname: base\nversion: 1.0.0\n", ".yaml", { version: "1.31.1" })).toBe(
      "# why\nname: base\nversion: 1.31.1\n",
    );
  });
});
