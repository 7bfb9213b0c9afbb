import { describe, expect, it } from "vitest";
import { criticalPath, dependenciesOf } from "../../hack/bench/critical-path.ts";
import type { Span } from "../../hack/bench/event-log.ts";

const span = (urn: string, start: number, end: number, op = "create"): Span => ({
  urn,
  op,
  start,
  end,
});

const names = (
  spans: readonly Span[],
  dependencies: Record<string, readonly string[]>,
): [string, number][] =>
  criticalPath(spans, new Map(Object.entries(dependencies))).map(({ span: { urn }, wait }) => [
    urn,
    wait,
  ]);

describe("criticalPath", () => {
  it("follows, from the operation that ended last, the dependency that ended last", () => {
    const spans = [
      span("key", 1, 2),
      span("cluster", 1, 10),
      span("release", 11, 15),
      span("proof", 15, 20),
    ];
    const dependencies = { release: ["cluster", "key"], proof: ["release", "key"] };
    expect(names(spans, dependencies)).toEqual([
      ["cluster", 1],
      ["release", 1],
      ["proof", 0],
    ]);
  });

  it("ignores what ended late but was not waited for", () => {
    const spans = [span("cluster", 1, 10), span("unrelated", 1, 14), span("release", 12, 15)];
    expect(names(spans, { release: ["cluster"] })).toEqual([
      ["cluster", 1],
      ["release", 2],
    ]);
  });

  it("takes what ended last before a gap for its cause: state does not know what components wait for", () => {
    const spans = [span("key", 1, 2), span("webhook", 1, 10), span("gateway", 10.1, 15)];
    expect(names(spans, { gateway: ["key"] }).map(([name]) => name)).toEqual([
      "webhook",
      "gateway",
    ]);
  });

  it("deletes after dependents, and the first of them after all that is made", () => {
    const spans = [
      span("proof", 1, 5, "update"),
      span("pod", 5, 6, "delete"),
      span("namespace", 6, 8, "delete"),
    ];
    expect(names(spans, { pod: ["namespace"] })).toEqual([
      ["proof", 1],
      ["pod", 0],
      ["namespace", 0],
    ]);
  });

  it("takes stamps seen in the wrong order by a hair for one moment, with no wait below zero", () => {
    const spans = [span("a", 1, 2.05), span("b", 2, 3)];
    expect(names(spans, { b: ["a"] })).toEqual([
      ["a", 1],
      ["b", 0],
    ]);
  });

  it("has no links where nothing was done, and ends on a circle", () => {
    expect(names([], {})).toEqual([]);
    const spans = [span("a", 1, 1), span("b", 1, 1)];
    expect(names(spans, { a: ["b"], b: ["a"] }).length).toBeLessThanOrEqual(2);
  });
});

describe("dependenciesOf", () => {
  it("adds the provider, without its id, to the dependencies", () => {
    const resources = [
      { urn: "urn:a", dependencies: ["urn:b"], provider: "urn:p::0123-id" },
      { urn: "urn:b", dependencies: null },
    ];
    expect([...dependenciesOf(resources)]).toEqual([
      ["urn:a", ["urn:b", "urn:p"]],
      ["urn:b", []],
    ]);
  });
});
