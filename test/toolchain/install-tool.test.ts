import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installTool, isInstalled, toolFolder } from "../../hack/toolchain/install-tool.ts";
import type { OfficialTool } from "../../hack/toolchain/official-tools.ts";
import { UserError } from "../../hack/toolchain/phase.ts";
import { sha256, startFileServer } from "./file-server.ts";
import type { FileServer } from "./file-server.ts";

let server: FileServer;
let cache: string;

beforeEach(async () => {
  server = await startFileServer();
  cache = mkdtempSync(join(tmpdir(), "lab-cache-"));
});
afterEach(() => server.close());

function tool(file: string, unpack: OfficialTool["unpack"]): OfficialTool {
  return {
    name: "kind",
    version: "0.33.0",
    url: `${server.base}/${file}`,
    checksumUrl: `${server.base}/${file}.sha256`,
    unpack,
    versionArgs: ["version"],
    accepts: () => true,
  };
}

/** Publishes a file with its checksum, or with one given. */
function publish(file: string, body: Buffer, checksum = sha256(body), cutBy?: number): void {
  server.files.set(`/${file}`, { body, ...(cutBy === undefined ? {} : { cutBy }) });
  server.files.set(`/${file}.sha256`, { body: Buffer.from(`${checksum}  ${file}\n`) });
}

function tarOf(prefix: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "lab-tar-"));
  mkdirSync(join(folder, prefix), { recursive: true });
  writeFileSync(join(folder, prefix, "kind"), "the tool");
  return execFileSync("tar", ["-czf", "-", "-C", folder, prefix === "" ? "kind" : prefix]);
}

/** All that is in the cache, whatever a failed attempt left included. */
function installed(): readonly string[] {
  return readdirSync(join(cache, "official"));
}

describe("a good download", () => {
  it.each([
    ["binary", "kind-linux-amd64", () => Buffer.from("the tool")],
    ["tar", "istioctl.tar.gz", () => tarOf("")],
    ["tar-in-folder", "pulumi.tar.gz", () => tarOf("pulumi")],
  ] as const)("is installed from a %s", async (unpack, file, body) => {
    publish(file, body());
    const wanted = tool(file, unpack);
    expect(await isInstalled(cache, wanted)).toBe(false);

    await installTool(cache, wanted, () => undefined);

    const command = join(toolFolder(cache, wanted), "kind");
    expect(readFileSync(command, "utf8")).toBe("the tool");
    expect(statSync(command).mode & 0o777).toBe(0o755);
    expect(await isInstalled(cache, wanted)).toBe(true);
    expect(installed()).toEqual(["kind-0.33.0"]);
  });

  it("reports how far it is", async () => {
    publish("kind-linux-amd64", Buffer.alloc(2_000_000));
    const lines: string[] = [];
    await installTool(cache, tool("kind-linux-amd64", "binary"), (line) => lines.push(line));
    expect(lines.at(-1)).toBe("kind-linux-amd64: 100 % of 2.0 MB");
  });
});

describe("a bad download is refused, in one line, and nothing is installed:", () => {
  const body = Buffer.from("the tool");
  const attempt = (): Promise<void> =>
    installTool(cache, tool("kind-linux-amd64", "binary"), () => undefined, {
      stall: 1000,
      again: 1,
    });

  async function refusal(): Promise<string> {
    const error: unknown = await attempt().then(
      () => "installed",
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    expect(installed()).toEqual([]);
    const { message } = error as UserError;
    expect(message).not.toContain("\n");
    return message;
  }

  it("missing file", async () => {
    publish("kind-linux-amd64", body);
    server.files.delete("/kind-linux-amd64");
    expect(await refusal()).toBe(
      `${server.base}/kind-linux-amd64: the server answered 404: nothing installed. ` +
        "It has no such file: git pull may bring its new place.",
    );
  });

  it("missing checksum", async () => {
    publish("kind-linux-amd64", body);
    server.files.delete("/kind-linux-amd64.sha256");
    expect(await refusal()).toContain("kind-linux-amd64.sha256: the server answered 404");
    expect(server.requests).toEqual(["GET /kind-linux-amd64.sha256"]);
  });

  it("checksum file without this file", async () => {
    publish("kind-linux-amd64", body);
    server.files.set("/kind-linux-amd64.sha256", { body: Buffer.from("nothing of use") });
    expect(await refusal()).toContain("has no SHA-256 for kind-linux-amd64");
  });

  it("differing checksum", async () => {
    publish("kind-linux-amd64", body, "0".repeat(64));
    const message = await refusal();
    expect(message).toContain(`published ${"0".repeat(64)}, got ${sha256(body)}`);
    expect(message).toContain("refused, nothing installed");
  });

  it("cut in the middle", async () => {
    publish("kind-linux-amd64", body, sha256(body), 1000);
    expect(await refusal()).toMatch(
      /kind-linux-amd64: cut after 0\.0 MB .*refused, nothing installed/,
    );
  });

  it("server gone", async () => {
    const { base } = server;
    await server.close();
    expect(await refusal()).toBe(
      `${base}/kind-linux-amd64.sha256: ECONNREFUSED. Run it again when the network is back.`,
    );
  });

  it("and the next run installs it", async () => {
    publish("kind-linux-amd64", body, sha256(body), 1000);
    await refusal();
    publish("kind-linux-amd64", body);
    await attempt();
    expect(installed()).toEqual(["kind-0.33.0"]);
  });
});
