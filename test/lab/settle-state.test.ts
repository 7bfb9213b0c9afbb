import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { isOwnState, settleState } from "../../hack/lab/settle-state.ts";

describe("state", () => {
  it.each([
    ["no backend", undefined, true],
    ["an empty one, which Pulumi takes for none", "", true],
    ["Pulumi.yaml's", "file://./.lab/state?create_dir=true", true],
    ["the same folder, absolute", "file:///lab/.lab/state", true],
    ["the same folder with a slash", "file:///lab/.lab/state/", true],
    ["another folder", "file:///home/me/state", false],
    ["a folder below it", "file:///lab/.lab/state/two", false],
    ["home", "file://~", false],
    ["a bucket", "s3://bucket/.lab/state", false],
    ["a service", "https://api.pulumi.com", false],
  ])("of %s is the lab's own: %s", (_, backend, own) => {
    expect(isOwnState(backend, "/lab/.lab/state", "/lab")).toBe(own);
  });
});

describe("before up and down", () => {
  let state: string;
  let lock: string;

  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), "lab-state-"));
    const locks = join(state, ".pulumi", "locks", "organization", "istio-lab", "dev");
    mkdirSync(locks, { recursive: true });
    lock = join(locks, "gone.json");
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 - 1, hostname: hostname() }));
    const stacks = join(state, ".pulumi", "stacks", "istio-lab");
    mkdirSync(stacks, { recursive: true });
    const pending = [{ type: "creating", resource: { type: "command:local:Command" } }];
    const checkpoint = { latest: { pending_operations: pending } };
    writeFileSync(join(stacks, "dev.json"), JSON.stringify({ checkpoint }));
  });

  const settle = (backend: string | undefined, cluster = "kind"): Promise<void> =>
    settleState(
      { project: "istio-lab", cluster },
      // Without a pulumi on PATH nothing is settled, and the attempt is seen by its message.
      { stack: "dev", variables: { PATH: "/nowhere" } },
      () => undefined,
      { backend, state },
    );

  it("the lab's own state is freed and settled", async () => {
    await expect(settle(undefined)).rejects.toThrow('is still in the state of stack "dev"');
    expect(existsSync(lock)).toBe(false);
  });

  it("a backend of the user's own is left alone, and so is what the lab's folder holds", async () => {
    await settle("s3://bucket");
    expect(existsSync(lock)).toBe(true);
  });

  it("in a cluster of the user's own the lock is freed, and nothing settled", async () => {
    await settle(undefined, "existing");
    expect(existsSync(lock)).toBe(false);
  });
});
