import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { systemFault } from "../../hack/toolchain/system-fault.ts";

/** What goes wrong with `work`. */
async function thrown(work: () => unknown): Promise<unknown> {
  return Promise.resolve()
    .then(work)
    .then(
      () => "nothing went wrong",
      (error: unknown) => error,
    );
}

/** An error as Node makes it for a call that the system refuses. */
function refused(code: string, errno: number, syscall: string, path?: string): Error {
  const named = path === undefined ? {} : { path };
  return Object.assign(new Error(`${code}: refused, ${syscall}`), {
    code,
    errno,
    syscall,
    ...named,
  });
}

describe("a file that can't be used", () => {
  it("is named, with the call, the reason and what to do", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "lab-fault-")), "gone");
    expect(systemFault(await thrown(() => readFileSync(file)))).toBe(
      `can't open ${file}: no such file or directory (ENOENT). ` +
        "See whether it was moved or removed, then run this again: what was finished is kept.",
    );
  });

  it.each([
    [
      refused("ENOSPC", -28, "write"),
      /^can't write: no space left on device \(ENOSPC\)\. .*LAB_CA/,
    ],
    [refused("EACCES", -13, "open", "/a"), /^can't open \/a: permission denied .*this user access/],
    [refused("EROFS", -30, "mkdir", "/a"), /^can't mkdir \/a: read-only file system .*writable/],
    [refused("ENFILE", -23, "open", "/a"), /^can't open \/a: .* Mend that, then run this again: /],
    [refused("ENOENT", -2, "spawn apt", "apt"), /^can't spawn apt: no such file or directory /],
  ])("%s", (error, line) => {
    expect(systemFault(error)).toMatch(line);
  });
});

describe("a command", () => {
  it.each<[string, () => Promise<unknown>, string]>([
    [
      "that failed",
      () => execa("sh", ["-c", "echo first >&2; echo last >&2; exit 2"]),
      "sh -c 'echo first >&2; echo last >&2; exit 2' failed (exit code 2): last. " +
        "Mend that, then run this again: what was finished is kept.",
    ],
    [
      "that failed without a word",
      () => execa("false"),
      "false failed (exit code 1). Mend that, then run this again: what was finished is kept.",
    ],
    [
      "that is not there",
      () => execa("no-such-tool", ["run"]),
      "no-such-tool run: there is no no-such-tool on PATH. Install it, or run npm run setup, then run this again.",
    ],
    [
      "that was killed",
      () => execa("sh", ["-c", "kill -9 $$"]),
      "sh -c 'kill -9 $$' was ended by SIGKILL. Mend that, then run this again: what was finished is kept.",
    ],
  ])("%s", async (_, command, line) => {
    expect(systemFault(await thrown(command))).toBe(line);
  });

  it("with many arguments is cut", async () => {
    const line = systemFault(await thrown(() => execa("false", ["a".repeat(500)])));
    expect(line).toMatch(/^false a{154}… failed \(exit code 1\)\. /);
  });
});

it.each([
  new Error("ours"),
  new TypeError("undefined is not a function"),
  Object.assign(new TypeError("bad"), { code: "ERR_INVALID_ARG_TYPE" }),
  "text",
  undefined,
])("%s is none of the system's: it keeps its stack trace", (error) => {
  expect(systemFault(error)).toBeUndefined();
});
