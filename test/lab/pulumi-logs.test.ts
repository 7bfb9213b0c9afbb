import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { leaveOutLogs } from "../../hack/lab/pulumi-logs.ts";

it("puts an empty file where Pulumi's logs would go, and takes away what was logged before", () => {
  const home = join(mkdtempSync(join(tmpdir(), "pulumi-logs-")), "home");
  mkdirSync(join(home, "logs"), { recursive: true });
  writeFileSync(join(home, "logs", "pulumi.log"), "secret");
  leaveOutLogs(home);
  expect(statSync(join(home, "logs")).size).toBe(0);
  expect(readdirSync(home)).toEqual(["logs"]);
  expect(existsSync(join(home, "logs", "pulumi.log"))).toBe(false);
});

it("makes the home where there is none, and leaves what it made", () => {
  const home = join(mkdtempSync(join(tmpdir(), "pulumi-logs-")), "home");
  leaveOutLogs(home);
  const { mtimeMs } = statSync(join(home, "logs"));
  leaveOutLogs(home);
  expect(statSync(join(home, "logs")).mtimeMs).toBe(mtimeMs);
});
