import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { localCommand } from "../../hack/registry-only/plugins/command/local-command.ts";
import type { Properties } from "../../hack/registry-only/plugins/property.ts";
import { isSecret, secret, unknown } from "../../hack/registry-only/plugins/property.ts";
import { created, operation } from "./plugins-operation.ts";

const dir = mkdtempSync(join(tmpdir(), "plugins-command-"));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

const echo = 'echo "out=$PULUMI_COMMAND_STDOUT err=$PULUMI_COMMAND_STDERR"';

describe("create", () => {
  it("runs the command and keeps both outputs, less one line's end", async () => {
    const made = await created(localCommand, { create: "printf 'a\\n\\n'; echo b >&2" });
    expect(made).toMatchObject({ stdout: "a\n", stderr: "b" });
    expect(made.id).toMatch(/^it[0-9a-f]{8}$/);
  });

  it("gives it environment, stdin, folder and interpreter, none of them as an argument", async () => {
    const made = await created(localCommand, {
      create: "process.stdin.on('data', d => console.log(process.env.A, `${d}`, process.cwd()))",
      interpreter: [process.execPath, "-e"],
      environment: { A: "from env" },
      stdin: "from stdin",
      dir,
    });
    expect(made["stdout"]).toBe(`from env from stdin ${dir}`);
    const listing = await created(localCommand, {
      create: "tr '\\0' ' ' < /proc/$$/cmdline",
      environment: { A: "hidden" },
      stdin: "hidden",
    });
    expect(listing["stdout"]).toBe("/bin/sh -c tr '\\0' ' ' < /proc/$$/cmdline ");
  });

  it("does nothing without a command, and nothing in a preview", async () => {
    expect(await created(localCommand, {})).toMatchObject({ stdout: "", stderr: "" });
    const inputs = { create: `touch ${dir}/made` };
    const { id, state } = await localCommand.create(inputs, operation({ preview: true }));
    expect({ id, ...state }).toEqual({ id: "", ...inputs, stdout: unknown, stderr: unknown });
    expect(spawnSync("test", ["-e", `${dir}/made`]).status).toBe(1);
  });

  it("does not mind a command that reads none of what it is given", async () => {
    const made = await created(localCommand, { create: "exec true", stdin: "x".repeat(1_000_000) });
    expect(made["stdout"]).toBe("");
  });

  it("keeps secret inputs secret; outputs are what the program says of them", async () => {
    const inputs = { create: "echo $A", environment: { A: secret("x") } };
    const { state } = await localCommand.create(inputs, operation());
    expect(state["environment"]).toEqual({ A: secret("x") });
    expect(isSecret(state["stdout"])).toBe(false);
    expect(state["stdout"]).toBe("x");
  });

  it("fails with exit code, command and the end of the output", async () => {
    const create = "seq 1 5000; echo broken >&2; exit 3";
    const fault = await created(localCommand, { create }).catch((error: unknown) => error);
    const message = fault instanceof Error ? fault.message : "";
    expect(message).toMatch(/^exit status 3: running "seq 1 5000; echo broken >&2; exit 3":\n/);
    expect(message).toMatch(/\n\[\.\.\.\]\n\d{4}\n/);
    expect(message).toMatch(/5000\n.*broken\n|broken\n.*5000\n/s);
    expect(message.length).toBeLessThan(8200);
  });

  it("does not show a secret command", async () => {
    await expect(created(localCommand, { create: secret("exit 4 # hidden") })).rejects.toThrow(
      /^exit status 4: running the secret create command:\n$/,
    );
  });

  it("says which folder or interpreter is missing", async () => {
    await expect(created(localCommand, { create: "true", dir: `${dir}/no` })).rejects.toThrow(
      `dir: ${dir}/no is not a folder`,
    );
    await expect(
      created(localCommand, { create: "true", interpreter: ["/no/sh"] }),
    ).rejects.toThrow("spawn /no/sh ENOENT");
  });
});

describe("update", () => {
  const state = { create: "true", stdout: "one", stderr: secret("two") };

  it.each([
    ["update", { create: "exit 1", update: echo }, "out=one err=two"],
    ["create, where there is no update", { create: echo }, "out=one err=two"],
    [
      "update, without the last output",
      { update: echo, addPreviousOutputInEnv: false },
      "out= err=",
    ],
  ])("runs %s", async (_, inputs: Properties, stdout) => {
    const updated = await localCommand.update(state, inputs, operation());
    expect(updated).toEqual({ ...inputs, stdout, stderr: "" });
  });

  it("runs nothing if there is nothing to run, and keeps the last output", async () => {
    const updated = await localCommand.update(state, { delete: "true" }, operation());
    expect(updated).toEqual({ delete: "true", stdout: "one", stderr: secret("two") });
  });

  it("knows no output in a preview", async () => {
    const inputs = { update: "exit 1", environment: { A: unknown } };
    const updated = await localCommand.update(state, inputs, operation({ preview: true }));
    expect(updated).toEqual({ ...inputs, stdout: unknown, stderr: unknown });
  });
});

describe("delete", () => {
  it("runs the recorded command with the recorded inputs and the last output", async () => {
    const state = {
      delete: `${echo} > deleted; cat >> deleted`,
      dir,
      stdin: "in",
      stdout: "one",
      stderr: "",
    };
    await localCommand.delete?.(state, operation());
    expect(readFileSync(join(dir, "deleted"), "utf8")).toBe("out=one err=\nin");
  });

  it("does nothing without a command", async () => {
    await expect(localCommand.delete?.({ create: "exit 1" }, operation())).resolves.toBeUndefined();
  });
});

describe("diff", () => {
  const inputs = { create: "a", environment: { A: "1" }, triggers: ["t", { deep: [1] }] };
  const state = { ...inputs, stdout: "x", stderr: "" };

  it.each([
    ["nothing", {}, { replaces: [], updates: [] }],
    ["a command", { create: "b" }, { replaces: [], updates: ["create"] }],
    ["a new input", { stdin: "b" }, { replaces: [], updates: ["stdin"] }],
    ["a trigger", { triggers: ["t", { deep: [2] }] }, { replaces: ["triggers"], updates: [] }],
    ["an unknown trigger", { triggers: [unknown] }, { replaces: ["triggers"], updates: [] }],
    ["both", { create: "b", triggers: [] }, { replaces: ["triggers"], updates: ["create"] }],
  ])("for %s", (_, change: Properties, changes) => {
    expect(localCommand.diff(state, { ...inputs, ...change })).toEqual(changes);
  });
});

describe("check", () => {
  it("accepts what is right, unknown or secret", () => {
    const inputs = {
      create: secret("a"),
      stdin: unknown,
      environment: { A: unknown },
      interpreter: ["sh"],
      logging: "none",
      archivePaths: [],
    };
    expect(localCommand.check(inputs)).toEqual([]);
  });

  it("names every bad input at once", () => {
    const inputs = {
      create: 1,
      environment: { A: 1 },
      interpreter: "sh",
      logging: "all",
      triggers: "t",
      assetPaths: ["*"],
    };
    expect(
      localCommand
        .check(inputs)
        .map(({ property }) => property)
        .sort(),
    ).toEqual(Object.keys(inputs).sort());
  });
});
