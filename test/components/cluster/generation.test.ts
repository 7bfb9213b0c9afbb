import { describe, expect, it } from "vitest";
import {
  clusterGeneration,
  readMarker,
  restartOf,
} from "../../../components/cluster/generation.ts";

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
    [
      "it is paused",
      marker,
      { status: "ours-paused", containerId: "abc", paused: ["istio-control-plane"] },
      4,
    ],
    ["another one of ours runs", marker, { status: "ours-running", containerId: "def" }, 5],
    ["somebody else's took the name", marker, { status: "foreign", containerId: "abc" }, 5],
  ] as const)("%s", (_, known, state, expected) => {
    expect(clusterGeneration(known, state)).toBe(expected);
  });
});

describe("restartOf", () => {
  const marker = { generation: 4, containerId: "abc" };
  it.each([
    ["a first cluster", undefined, "t1", ""],
    ["a cluster of an older checkout", marker, "t1", ""],
    ["a cluster that has been up all the time", { ...marker, started: "t1 t2" }, "t1 t2", ""],
    ["a cluster that was stopped and started", { ...marker, started: "t1 t2" }, "t1 t3", "t1 t3"],
  ])("%s", (_, known, starts, expected) => {
    expect(restartOf(known, starts)).toBe(expected);
  });
});

describe("readMarker", () => {
  it("reads what the create script writes", () => {
    expect(readMarker('{"generation":2,"containerId":"abc"}\n')).toEqual({
      generation: 2,
      containerId: "abc",
    });
    const started = '{"generation":2,"containerId":"abc","started":"t1 t2"}';
    expect(readMarker(started)).toEqual({ generation: 2, containerId: "abc", started: "t1 t2" });
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
