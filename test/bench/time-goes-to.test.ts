import { expect, it } from "vitest";
import type { Span } from "../../hack/bench/event-log.ts";
import { timeGoesTo } from "../../hack/bench/time-goes-to.ts";

const urn = (name: string): string => `urn:pulumi:bench::istio-lab::a:b:C::${name}`;
const span = (name: string, start: number, end: number): Span => ({
  urn: urn(name),
  op: "create",
  start,
  end,
});

it("names start-up, links, waits and the end, then the slowest resources", () => {
  const spans = [span("cluster", 2, 14), span("image", 2, 4), span("proof", 14.5, 20)];
  const dependencies = new Map([[urn("proof"), [urn("cluster")]]]);
  expect(timeGoesTo(21, spans, dependencies)).toEqual([
    "  2.0 s  Pulumi, plugins and program start",
    " 12.0 s  cluster (create)",
    "  0.5 s  between resources",
    "  5.5 s  proof (create)",
    "  1.0 s  after the last resource",
    "slowest resources: cluster 12.0 s, proof 5.5 s, image 2.0 s",
  ]);
});

it("adds up quick resources, such as those of an update with nothing to do", () => {
  const spans = [span("a", 2, 2.1), span("b", 2.2, 2.3), span("c", 2.4, 2.4)];
  const dependencies = new Map([
    [urn("b"), [urn("a")]],
    [urn("c"), [urn("b")]],
  ]);
  expect(timeGoesTo(3, spans, dependencies)).toEqual([
    "  2.0 s  Pulumi, plugins and program start",
    "  0.4 s  quick resources and what is between them",
    "  0.6 s  after the last resource",
  ]);
});

it("leaves out what takes next to no time", () => {
  expect(timeGoesTo(2.1, [span("a", 2, 2.05)], new Map())).toEqual([
    "  2.0 s  Pulumi, plugins and program start",
  ]);
});

it("says so when no resource was looked at", () => {
  expect(timeGoesTo(1.5, [], new Map())).toEqual(["  1.5 s  no resource was looked at"]);
});
