import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { freeStackLock } from "../../hack/lab/stack-lock.ts";
import { UserError } from "../../hack/toolchain/phase.ts";

let state: string;
let locks: string;
let said: string[];

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "lab-state-"));
  locks = join(state, ".pulumi", "locks", "organization", "istio-lab", "dev");
  mkdirSync(locks, { recursive: true });
  said = [];
});

function lock(name: string, content: string): string {
  const file = join(locks, `${name}.json`);
  writeFileSync(file, content);
  writeFileSync(`${file}.attrs`, "{}");
  return file;
}

const held = (pid: number, host = hostname()): string => JSON.stringify({ pid, hostname: host });

const free = (waitMs?: number): Promise<void> =>
  freeStackLock(state, "istio-lab", "dev", (line) => said.push(line), waitMs);

it("has nothing to do without a lock, or without any state", async () => {
  await free();
  await freeStackLock("/nowhere", "istio-lab", "dev", (line) => said.push(line));
  expect(said).toEqual([]);
});

it("removes the lock of a Pulumi that is gone, of a pid that is another program's now, and a cut one", async () => {
  lock("gone", held(2 ** 22 - 1));
  lock("reused", held(process.pid));
  lock("cut", '{"pid":');
  await free();
  expect(readdirSync(locks)).toEqual([]);
  expect(said).toEqual([]);
});

it("waits for a Pulumi at work and goes on when it is done", async () => {
  // Its command line says pulumi, as that of the real one does.
  const other = spawn("sh", ["-c", "read line", "pulumi"], { stdio: ["pipe", "ignore", "ignore"] });
  const file = lock("held", held(other.pid ?? 0));
  const waiting = free();
  await expect.poll(() => said).toHaveLength(1);
  expect(said[0]).toBe(
    `pulumi (pid ${other.pid} on ${hostname()}) is at work on the stack "dev": waiting for it`,
  );
  expect(existsSync(file)).toBe(true);
  other.stdin.end();
  await waiting;
  expect(existsSync(file)).toBe(false);
});

it("leaves another machine's lock and says what to do", async () => {
  const file = lock("far", held(1, "elsewhere"));
  const attempt = free(0);
  await expect(attempt).rejects.toThrow(UserError);
  await expect(attempt).rejects.toThrow("pulumi cancel removes its lock");
  expect(existsSync(file)).toBe(true);
});
