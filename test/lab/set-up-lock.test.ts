import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withSetUpLock } from "../../hack/lab/set-up-lock.ts";

it("lets one set-up at a time work, and the next after it", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "lab-lock-")), "cache");
  const events: string[] = [];
  let finish: () => void = () => undefined;
  const first = withSetUpLock(async () => {
    events.push("first starts");
    await new Promise<void>((resolve) => (finish = resolve));
    events.push("first ends");
  }, folder);
  await expect.poll(() => events).toEqual(["first starts"]);
  const second = withSetUpLock(() => Promise.resolve(events.push("second")), folder);
  finish();
  await Promise.all([first, second]);
  expect(events).toEqual(["first starts", "first ends", "second"]);
});

it("is free again after a fault", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-lock-"));
  const attempt = withSetUpLock(() => Promise.reject(new Error("no room")), folder);
  await expect(attempt).rejects.toThrow("no room");
  expect(await withSetUpLock(() => Promise.resolve("done"), folder)).toBe("done");
});
