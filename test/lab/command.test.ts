import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { root } from "../../hack/toolchain/paths.ts";

/** Runs a script that has the lab's command frame, and optionally signals it once it prints something. */
async function run(
  body: string,
  signal?: NodeJS.Signals,
  env: Readonly<Record<string, string>> = {},
): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const file = join(mkdtempSync(join(tmpdir(), "lab-command-")), "script.ts");
  writeFileSync(
    file,
    `import { runCommand, handlingSignals } from "${root}/hack/lab/command.ts";
     import { UserError } from "${root}/hack/toolchain/phase.ts";
     await runCommand(async () => { ${body} });`,
  );
  const child = spawn(process.execPath, [file], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  if (signal) child.stdout.once("data", () => child.kill(signal));
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  return { stdout, stderr, code };
}

it("prints a user's fault as its message alone", async () => {
  expect(await run('throw new UserError("no engine: start it")')).toEqual({
    stdout: "",
    stderr: "no engine: start it\n",
    code: 1,
  });
});

it.each([
  ["HOME", "export HOME=FOLDER"],
  ["TMPDIR", "unset TMPDIR, or export TMPDIR=FOLDER"],
])("starts nothing where %s can't be written, and says so in one line", async (name, fix) => {
  const ended = await run('console.log("started"); return 0', undefined, { [name]: "/proc/nope" });
  expect(ended).toEqual({
    stdout: "",
    stderr: `${name}: no file can be made in "/proc/nope" (no such file or directory): ${fix}\n`,
    code: 1,
  });
});

it("shows where a fault of ours comes from", async () => {
  const { stderr, code } = await run('throw new Error("ours")');
  expect(code).toBe(1);
  expect(stderr).toContain("Error: ours\n    at ");
});

it("says in one line which file can't be used, and fails", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "lab-command-")), "file");
  writeFileSync(file, "");
  const body = `const { mkdirSync } = await import("node:fs"); mkdirSync("${file}/folder"); return 0`;
  expect(await run(body)).toEqual({
    stdout: "",
    stderr:
      `can't mkdir ${file}/folder: not a directory (ENOTDIR). ` +
      "A file is where a folder has to be: move it away, then run this again: what was finished is kept.\n",
    code: 1,
  });
});

it("says in one line which command failed and why, and fails with 1 whatever it failed with", async () => {
  const body = `const { execa } = await import("${root}/node_modules/execa/index.js");
    await execa("sh", ["-c", "echo one >&2; echo disk full >&2; exit 7"]); return 0`;
  const { stdout, stderr, code } = await run(body);
  expect([stdout, code]).toEqual(["", 1]);
  expect(stderr).toMatch(/^sh -c '.*' failed \(exit code 7\): disk full\. Mend that, .*\n$/);
  expect(stderr.split("\n")).toHaveLength(2);
});

it("takes the result for the exit code", async () => {
  expect((await run("return 7")).code).toBe(7);
});

it.each(["SIGINT", "SIGTERM"] as const)("ends on %s and says that it can go on", async (signal) => {
  const { stderr, code } = await run(
    'console.log("up"); await new Promise((resolve) => setTimeout(resolve, 60_000)); return 0',
    signal,
  );
  expect(code).toBe(130);
  expect(stderr).toContain("interrupted: what is finished stays");
});

it("leaves a signal to a child that must end in its own way", async () => {
  const { stdout, code } = await run(
    `let end; const done = new Promise((resolve) => (end = resolve));
     const clock = setTimeout(() => undefined, 60_000);
     await handlingSignals((signal) => { console.log("got " + signal); clearTimeout(clock); end(); },
       async () => { console.log("up"); await done; });
     return 3`,
    "SIGINT",
  );
  expect(stdout).toBe("up\ngot SIGINT\n");
  expect(code).toBe(3);
});
