import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { localCommand } from "../../hack/registry-only/plugins/command/local-command.ts";
import type { Properties } from "../../hack/registry-only/plugins/property.ts";
import { isRunning, operation } from "./plugins-operation.ts";

describe("logging", () => {
  const create = "echo one; sleep 0.05; echo two >&2; sleep 0.05; printf three";

  it.each([
    [undefined, ["one", "two", "three"]],
    ["stdoutAndStderr", ["one", "two", "three"]],
    ["stdout", ["one", "three"]],
    ["stderr", ["two"]],
    ["none", []],
  ])("%s shows %j", async (logging, expected) => {
    const lines: string[] = [];
    const inputs: Properties = logging === undefined ? { create } : { create, logging };
    await localCommand.create(inputs, operation({ log: (line) => lines.push(line) }));
    expect(lines).toEqual(expected);
  });

  it("shows a line while the command still runs", async () => {
    const cancel = new AbortController();
    const shown = vi.fn<(line: string) => void>(() => {
      cancel.abort();
    });
    const op = operation({ log: shown, signal: cancel.signal });
    // Would run for minutes if its first line came only at its end.
    await expect(localCommand.create({ create: "echo one; sleep 300" }, op)).rejects.toThrow(
      "cancelled (signal SIGTERM)",
    );
    expect(shown.mock.calls).toEqual([["one"]]);
  });
});

describe("cancellation", () => {
  it("ends what the command started, even if that ignores being asked", async () => {
    const cancel = new AbortController();
    const create = `trap '' TERM; sh -c 'trap "" TERM; echo $$; while :; do sleep 1; done'`;
    const pids: number[] = [];
    const log = (line: string): void => {
      pids.push(Number(line));
      cancel.abort();
    };
    await expect(
      localCommand.create({ create }, operation({ log, signal: cancel.signal })),
    ).rejects.toThrow("cancelled (signal SIGKILL)");
    expect(pids).toHaveLength(1);
    await expect.poll(() => isRunning(pids[0] ?? 0)).toBe(false);
  });

  it("starts nothing any more", async () => {
    const signal = AbortSignal.abort();
    const late = join(tmpdir(), `plugins-late-${process.pid}`);
    await expect(
      localCommand.create({ create: `touch ${late}` }, operation({ signal })),
    ).rejects.toThrow("cancelled before running");
    expect(spawnSync("test", ["-e", late]).status).toBe(1);
  });
});
