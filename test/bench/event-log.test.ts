import { describe, expect, it } from "vitest";
import { nameOf, spansOf } from "../../hack/bench/event-log.ts";
import type { EngineEvent } from "../../hack/bench/event-log.ts";

const urn = (name: string): string => `urn:pulumi:bench::istio-lab::a:b:C::${name}`;

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

function metadata(op: string, name: string, custom = true): Metadata {
  const state = { custom };
  return op.startsWith("delete")
    ? { op, urn: urn(name), old: state, new: null }
    : { op, urn: urn(name), old: null, new: state };
}

const before = (op: string, name: string, custom?: boolean): EngineEvent => ({
  resourcePreEvent: { metadata: metadata(op, name, custom) },
});
const after = (op: string, name: string, custom?: boolean): EngineEvent => ({
  resOutputsEvent: { metadata: metadata(op, name, custom) },
});

describe("spansOf", () => {
  it("pairs start and end by resource and operation, in the order of the ends", () => {
    const events = [
      { at: 1, event: before("create", "slow") },
      { at: 1.5, event: before("create", "fast") },
      { at: 2, event: after("create", "fast") },
      { at: 9, event: after("create", "slow") },
    ];
    expect(spansOf(events)).toEqual([
      { urn: urn("fast"), op: "create", start: 1.5, end: 2 },
      { urn: urn("slow"), op: "create", start: 1, end: 9 },
    ]);
  });

  it("keeps the two halves of a replacement apart", () => {
    const events = [
      { at: 1, event: before("create-replacement", "a") },
      { at: 2, event: after("create-replacement", "a") },
      { at: 3, event: before("delete-replaced", "a") },
      { at: 4, event: after("delete-replaced", "a") },
    ];
    expect(spansOf(events).map(({ op, start, end }) => [op, start, end])).toEqual([
      ["create-replacement", 1, 2],
      ["delete-replaced", 3, 4],
    ]);
  });

  it("counts a failed operation, and leaves out components, other events and what never ended", () => {
    const failed: EngineEvent = { resOpFailedEvent: { metadata: metadata("update", "a") } };
    const events = [
      { at: 0, event: {} },
      { at: 1, event: before("create", "component", false) },
      { at: 1, event: after("create", "component", false) },
      { at: 2, event: before("update", "a") },
      { at: 3, event: before("create", "endless") },
      { at: 4, event: failed },
    ];
    expect(spansOf(events)).toEqual([{ urn: urn("a"), op: "update", start: 2, end: 4 }]);
  });
});

describe("nameOf", () => {
  it("is the last part of a URN", () => {
    expect(nameOf(urn("cluster-kind"))).toBe("cluster-kind");
  });
});
