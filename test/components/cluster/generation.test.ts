import { describe, expect, it } from "vitest";
import { clusterGeneration, readMarker } from "../../../components/cluster/generation.ts";

describe("clusterGeneration", () => {
  const marker = { generation: 4, containerId: "abc" };
  it.each([
    ["no marker, no cluster", undefined, { status: "absent" }, 1],
    [
      "no marker, killed before it was written",
      undefined,
      { status: "ours-running", containerId: "abc" },
      1,
    ],
    ["the marked cluster runs", marker, { status: "ours-running", containerId: "abc" }, 4],
    ["it is gone", marker, { status: "absent" }, 5],
    ["it is stopped", marker, { status: "ours-stopped", containerId: "abc" }, 5],
    ["another one of ours runs", marker, { status: "ours-running", containerId: "def" }, 5],
    ["somebody else's took the name", marker, { status: "foreign", containerId: "abc" }, 5],
  ] as const)("%s", (_, known, state, expected) => {
    expect(clusterGeneration(known, state)).toBe(expected);
  });
});

describe("readMarker", () => {
  it("reads what the create script writes", () => {
    expect(readMarker('{"generation":2,"containerId":"abc"}\n')).toEqual({
      generation: 2,
      containerId: "abc",
    });
  });

  it.each([
    undefined,
    "",
    '{"generation":2',
    '{"generation":0,"containerId":"a"}',
    '{"generation":2}',
  ])("%j is none", (text) => {
    expect(readMarker(text)).toBe(undefined);
  });
});
