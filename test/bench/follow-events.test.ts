import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { EngineEvent } from "../../hack/bench/event-log.ts";
import { followEvents } from "../../hack/bench/follow-events.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "istio-lab-events-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const event = (urn: string): EngineEvent => ({
  resourcePreEvent: { metadata: { op: "same", urn } },
});

it("stamps every event when its line is whole, from a file that is not there at first", async () => {
  const file = join(folder, "events.json");
  let now = 1;
  const asked = vi.fn(() => now);
  const follower = followEvents(file, asked);

  appendFileSync(file, `${JSON.stringify(event("ä"))}\n{"resourcePre`);
  const looks = asked.mock.calls.length;
  await vi.waitFor(() => {
    expect(asked.mock.calls.length).toBeGreaterThan(looks + 2);
  });
  now = 2;
  appendFileSync(file, `${JSON.stringify(event("b")).slice('{"resourcePre'.length)}\n`);
  expect(await follower.finish()).toEqual([
    { at: 1, event: event("ä") },
    { at: 2, event: event("b") },
  ]);
});

it("gives no events for a file that never came", async () => {
  const follower = followEvents(join(folder, "none.json"), () => 1);
  expect(await follower.finish()).toEqual([]);
});
