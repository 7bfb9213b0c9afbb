import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CaFile } from "../../components/ca-file.ts";
import { drain, find, record, valueOf, whole, type Registration } from "../support/mocks.ts";

let registered: Registration[];
let folder: string;

beforeEach(async () => {
  registered = await record();
  folder = mkdtempSync(join(tmpdir(), "istio-lab-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function make(path: string): Promise<Record<"create" | "update" | "delete", string>> {
  new CaFile("ca-file", { path, certPem: "the certificate\n" });
  await drain();
  return find(registered, "ca-file-write").inputs as Record<"create" | "update" | "delete", string>;
}

/** Runs a command as the provider does. */
function run(command: string, path: string, input = ""): string {
  const env = { ...process.env, FILE: path };
  return execFileSync("/bin/sh", ["-c", command], { env, input, encoding: "utf8" });
}

describe("CaFile", () => {
  it("is one command that gets the certificate on its input", async () => {
    const { create } = await make("/lab/.lab/dev/ca.crt");
    expect(whole(registered)).toEqual([
      { type: "istio-lab:certs:CaFile", name: "ca-file", inputs: {} },
      {
        type: "command:local:Command",
        name: "ca-file-write",
        inputs: {
          create,
          update: create,
          delete: 'rm -f "$FILE"; rmdir "$(dirname "$FILE")" 2>/dev/null || true',
          environment: { FILE: "/lab/.lab/dev/ca.crt" },
          stdin: "the certificate\n",
          logging: "none",
        },
      },
    ]);
    expect(find(registered, "ca-file-write")).toMatchObject({
      parent: "ca-file",
      deleteBeforeReplace: true,
      secrets: [],
    });
  });

  it("gives what the command printed as its path: who uses it waits for the file", async () => {
    const { path } = new CaFile("ca-file", { path: "/lab/ca.crt", certPem: "c" });
    await drain();
    expect(await valueOf(path)).toBe("ca-file-write.stdout");
  });

  it("writes the file with its folder, again over an old one, and says where", async () => {
    const path = join(folder, "a stack", "ca.crt");
    const { create, update } = await make(path);
    expect(run(create, path, "one\n")).toBe(path);
    expect(readFileSync(path, "utf8")).toBe("one\n");
    expect(run(update, path, "two\n")).toBe(path);
    expect(readFileSync(path, "utf8")).toBe("two\n");
  });

  it("takes the file away, and its folder when nothing else is in it", async () => {
    const path = join(folder, "stack", "ca.crt");
    const commands = await make(path);
    run(commands.create, path, "one\n");
    writeFileSync(join(dirname(path), "kubeconfig"), "");
    run(commands.delete, path);
    expect([existsSync(path), existsSync(dirname(path))]).toEqual([false, true]);
    rmSync(join(dirname(path), "kubeconfig"));
    run(commands.delete, path);
    expect(existsSync(dirname(path))).toBe(false);
    run(commands.delete, path);
  });
});
