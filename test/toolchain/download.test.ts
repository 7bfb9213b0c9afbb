import { mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { download } from "../../hack/toolchain/download.ts";
import { sha256, startFileServer, type Answer, type FileServer } from "./file-server.ts";

const body = Buffer.from("twenty bytes of tool");

let server: FileServer;
let folder: string;
let said: string[];

beforeEach(async () => {
  server = await startFileServer();
  folder = mkdtempSync(join(tmpdir(), "lab-download-"));
  said = [];
});
afterEach(() => server.close());

function get(
  stallMs: number,
  tool: Partial<Answer> = {},
  sums: Partial<Answer> = {},
  to = join(folder, "kind"),
): Promise<void> {
  server.files.set("/kind", { body, ...tool });
  server.files.set("/kind.sha256", { body: Buffer.from(sha256(body)), ...sums });
  const file = {
    url: `${server.base}/kind`,
    checksum: { url: `${server.base}/kind.sha256` },
    to,
  };
  return download(file, (line) => said.push(line), { stall: stallMs, again: 1 });
}

it("a slow download succeeds as long as something comes, however long it takes as a whole", async () => {
  const start = performance.now();
  await get(1000, { pauseMs: 75 });
  expect(performance.now() - start).toBeGreaterThan(1000);
  expect(readFileSync(join(folder, "kind"), "utf8")).toBe(body.toString());
});

describe("a server that falls silent is given up, in one line, and nothing is left:", () => {
  it.each<[string, Partial<Answer>, Partial<Answer>, string]>([
    [
      "before it answers",
      { stallAfter: -1 },
      {},
      "/kind: the server sent nothing for 0.2 s. Run it again when the network is back.",
    ],
    [
      "in the middle of the file",
      { stallAfter: 5 },
      {},
      "/kind: cut after 0.0 MB (the server sent nothing for 0.2 s): refused, nothing installed. Run it again.",
    ],
    [
      "in the middle of the checksum",
      {},
      { stallAfter: 5 },
      "/kind.sha256: cut after 0.0 MB (the server sent nothing for 0.2 s): refused, nothing installed. Run it again.",
    ],
  ])("%s", async (_, tool, sums, message) => {
    await expect(get(200, tool, sums)).rejects.toMatchObject({
      name: "UserError",
      message: `${server.base}${message}`,
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("what may pass is tried again, and a while later given up:", () => {
  const asked = (): number => server.requests.filter((line) => line === "GET /kind").length;

  it.each<[string, Partial<Answer>]>([
    ["a server that is out of order", { status: 503 }],
    ["a server that is busy", { status: 429 }],
    ["a file that is cut", { cutBy: 5 }],
    ["a file that stalls", { stallAfter: 5 }],
  ])("%s is well the third time", async (_, fault) => {
    await get(200, { ...fault, faultTimes: 2 });
    expect(asked()).toBe(3);
    expect(readFileSync(join(folder, "kind"), "utf8")).toBe(body.toString());
    expect(said.filter((line) => line.endsWith("Again in 1 s."))).toHaveLength(2);
  });

  it.each<[string, Partial<Answer>, number, string]>([
    [
      "out of order",
      { status: 503 },
      8,
      "the server answered 503: nothing installed. Run it again",
    ],
    ["cut", { cutBy: 5 }, 4, "cut after 0.0 MB"],
  ])("%s for good", async (_, fault, tries, message) => {
    await expect(get(200, fault)).rejects.toThrow(`${server.base}/kind: ${message}`);
    expect(asked()).toBe(tries);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([401, 403, 404])("but %i is an answer", async (status) => {
    await expect(get(200, { status })).rejects.toThrow(`${status}: nothing installed. It`);
    expect(asked()).toBe(1);
  });

  it("and so is another checksum", async () => {
    const other = { body: Buffer.from("0".repeat(64)) };
    await expect(get(200, {}, other)).rejects.toThrow("checksum differs");
    expect(asked()).toBe(1);
  });
});

it("a disk that can't take the file is said as such, not as a fault of the network", async () => {
  const to = join(folder, "gone", "kind");
  await expect(get(1000, {}, {}, to)).rejects.toThrow(
    `${server.base}/kind: can't open ${to}: no such file or directory (ENOENT). `,
  );
});
