import { describe, expect, it } from "vitest";
import {
  disagree,
  incarnationOf,
  readIncarnations,
} from "../../../components/stage/incarnations.ts";

describe("readIncarnations", () => {
  it.each([
    ["no file", undefined, {}],
    [
      "what an up noted",
      '{"Service default/a": 1, "Secret b/c": 12}',
      { "Service default/a": 1, "Secret b/c": 12 },
    ],
    ["nothing noted", "{}", {}],
    ["a file that was cut short", '{"Service default/a": 1, "Secr', {}],
    ["an empty file", "", {}],
    ["a number that none can have", '{"Service default/a": 0}', {}],
    ["half a number", '{"Service default/a": 1.5}', {}],
    ["something else", '["Service default/a"]', {}],
  ])("of %s", (_, text, expected) => {
    expect(readIncarnations(text)).toEqual(expected);
  });
});

describe("incarnationOf", () => {
  const key = "Service default/a";

  it.each([
    ["new, cluster not asked", {}, undefined, 1],
    ["new, cluster empty", {}, [], 1],
    // Somebody else's, or an up that did not get to note it.
    ["not noted, though there", {}, [key], 1],
    ["there as it was made", { [key]: 1 }, [key], 1],
    ["made anew before, and there", { [key]: 3 }, [key, "Secret b/c"], 3],
    ["deleted since", { [key]: 1 }, [], 2],
    ["deleted since once more", { [key]: 3 }, ["Secret b/c"], 4],
    ["noted, cluster not asked", { [key]: 3 }, undefined, 3],
  ])("%s", (_, known, live, expected) => {
    expect(incarnationOf(key, known, live && new Set(live))).toBe(expected);
  });
});

describe("disagree", () => {
  const key = "Service default/a";

  it.each([
    ["noted and there", { [key]: 2 }, [key], false],
    ["neither noted nor there", {}, ["Secret b/c"], false],
    ["noted and not there", { [key]: 2 }, [], true],
    ["there and not noted", { "Secret b/c": 1 }, [key], true],
    // A new cluster: in the old one nothing can be deleted any more.
    ["noted, cluster not asked", { [key]: 2 }, undefined, false],
    ["not noted, cluster not asked", {}, undefined, false],
  ])("%s", (_, known, live, expected) => {
    expect(disagree(key, known, live && new Set(live))).toBe(expected);
  });
});
