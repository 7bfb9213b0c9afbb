import { expect, it } from "vitest";
import { ownerMount } from "../../components/cluster/kind-config.ts";
import type { Container } from "../../components/cluster/machine.ts";
import { whose } from "../../hack/bench/clusters.ts";

const node = (source: string, destination: string = ownerMount): Container => ({
  id: "0",
  name: "bench-hand-control-plane",
  running: true,
  paused: false,
  startedAt: "2026-01-01T00:00:00Z",
  mounts: [{ source, destination }],
  hostPorts: [],
});

it.each([
  ["absent", undefined],
  ["ours", node("/cache/bench/hand/node")],
  ["ours", node("/cache/bench/checkout/.lab/bench/node")],
  // Docker Desktop shows a prefix of its virtual machine.
  ["ours", node("/host_mnt/cache/bench/hand/node")],
  ["foreign", node("/cache/bench-of-another/node")],
  ["foreign", node("/cache/bench/hand/node", "/lib/modules")],
] as const)("takes for %s: %j", (verdict, container) => {
  expect(whose(container, "/cache/bench")).toBe(verdict);
});
