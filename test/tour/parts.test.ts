import { describe, expect, it } from "vitest";
import { readEvents } from "../../hack/tour/engine-events.ts";
import { randomWalk } from "../../hack/tour/random-walk.ts";
import { stepConfig } from "../../hack/tour/step-config.ts";

describe("randomWalk", () => {
  const items = ["a", "b", "c"];

  it("is the same for the same seed, and another for another", () => {
    expect(randomWalk(items, 20, 7)).toEqual(randomWalk(items, 20, 7));
    expect(randomWalk(items, 20, 7)).not.toEqual(randomWalk(items, 20, 8));
  });

  it("never stays where it is, not even at the start", () => {
    const walk = randomWalk(items, 50, 1, "a");
    const from = ["a", ...walk];
    expect(walk).toHaveLength(50);
    expect(walk.every((item, index) => item !== from[index])).toBe(true);
    expect(new Set(walk)).toEqual(new Set(items));
  });

  it("goes nowhere where there is nowhere to go", () => {
    expect(randomWalk(["a"], 5, 1, "a")).toEqual([]);
  });
});

describe("stepConfig", () => {
  it("puts scenario and step in, leaves the proof out and keeps the rest", () => {
    const yaml = "config:\n  lab:step: old\n  lab:domain: example.org\nencryptionsalt: v1:x\n";
    expect(stepConfig(yaml, "lab", { scenario: "egress", step: "blocked" })).toBe(
      'config:\n  lab:step: blocked\n  lab:domain: example.org\n  lab:scenario: egress\n  lab:verify: "false"\nencryptionsalt: v1:x\n',
    );
  });

  it("makes a file where the stack has none", () => {
    expect(stepConfig("", "lab", { scenario: "none", step: "base" })).toBe(
      'config:\n  lab:scenario: none\n  lab:step: base\n  lab:verify: "false"\n',
    );
  });
});

describe("readEvents", () => {
  const done = (op: string, name: string, custom = true): string =>
    JSON.stringify({
      resOutputsEvent: {
        metadata: {
          op,
          urn: `urn:pulumi:dev::lab::t::${name}`,
          type: "t",
          ...(op === "delete" ? { old: { custom } } : { new: { custom } }),
        },
      },
    });

  it("counts what has a provider behind it", () => {
    const lines = [
      done("create", "a"),
      done("create", "component", false),
      done("update", "b"),
      done("create-replacement", "c"),
      done("delete-replaced", "c"),
      done("delete", "d"),
      done("same", "e"),
      "a plugin's own words",
    ];
    expect(readEvents(lines)).toMatchObject({ created: 1, updated: 1, replaced: 1, deleted: 1 });
  });

  it("reads the stack's outputs and the errors, each once and without colour marks", () => {
    const stack = {
      op: "same",
      urn: "urn",
      type: "pulumi:pulumi:Stack",
      new: { outputs: { step: "app" } },
    };
    const error = { severity: "error", message: "<{%fg 1%}>no such image<{%reset%}>\n" };
    const lines = [
      { resOutputsEvent: { metadata: stack } },
      { diagnosticEvent: error },
      { diagnosticEvent: error },
      { diagnosticEvent: { severity: "debug", message: "x" } },
    ].map((event) => JSON.stringify(event));
    const read = readEvents(lines);
    expect(read.outputs).toEqual({ step: "app" });
    expect(read.errors).toEqual(["no such image"]);
  });

  it("names what a preview would touch", () => {
    const planned = { op: "update", urn: "urn:pulumi:dev::lab::t::default/reviews", type: "t" };
    const same = { ...planned, op: "same" };
    const lines = [planned, same].map((metadata) =>
      JSON.stringify({ resourcePreEvent: { metadata } }),
    );
    expect(readEvents(lines).touched).toEqual(["update default/reviews"]);
  });
});
