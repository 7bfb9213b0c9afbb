import { expect, it } from "vitest";
import { answerSeconds, startsOf } from "../../../components/cluster/node-starts.ts";
import type { Container } from "../../../components/cluster/machine.ts";

function node(startedAt: string): Container {
  return { id: "a", name: "a", running: true, paused: false, startedAt, mounts: [], hostPorts: [] };
}

const two = {
  node: node("2026-01-01T00:00:09Z"),
  workers: [undefined, node("2026-01-01T00:00:01Z")],
};

it("tells the starts of all nodes, in an order of their own", () => {
  expect(startsOf(two)).toBe("2026-01-01T00:00:01Z 2026-01-01T00:00:09Z");
  expect(startsOf({ workers: [] })).toBe("");
});

it.each([
  ["2026-01-01T00:00:30Z", 60],
  ["2026-01-01T00:01:08Z", 60],
  ["2026-01-01T00:01:10Z", 10],
])("at %s the cluster has %s seconds to answer", (now, seconds) => {
  expect(answerSeconds(two, Date.parse(now))).toBe(seconds);
});

it("gives no more time where nobody knows when it started", () => {
  expect(answerSeconds({ workers: [] })).toBe(10);
});
