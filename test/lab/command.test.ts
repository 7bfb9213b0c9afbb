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
): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const file = join(mkdtempSync(join(tmpdir(), "lab-command-")), "script.ts");
  writeFileSync(
    file,
    `import { runCommand, handlingSignals } from "${root}/hack/lab/command.ts";
     import { UserError } from "${root}/hack/toolchain/phase.ts";
     await runCommand(async () => { ${body} });`,
  );
  const child = spawn(process.execPath, [file], { stdio: ["pipe", "pipe", "pipe"] });
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

it("shows where a fault of ours comes from", async () => {
  const { stderr, code } = await run('throw new Error("ours")');
  expect(code).toBe(1);
  expect(stderr).toContain("Error: ours\n    at ");
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
