import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { chartFolder } from "../../components/chart-folder.ts";
import { chartPhase, chartsDir } from "../../hack/toolchain/charts.ts";
import { publishChart } from "./chart-repository.ts";
import { startFileServer, type FileServer } from "./file-server.ts";

let server: FileServer;
let cache: string;

beforeEach(async () => {
  server = await startFileServer();
  cache = mkdtempSync(join(tmpdir(), "lab-charts-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

function chart(version = "1.31.1"): { repository: string; name: string; version: string } {
  return { repository: `${server.base}/charts`, name: "base", version };
}

async function get(version?: string): Promise<string> {
  const phase = chartPhase(cache, chart(version));
  expect(await phase.done()).toBe(false);
  await phase.run(() => undefined);
  expect(await phase.done()).toBe(true);
  return chartFolder(chartsDir(cache), chart(version));
}

it("unpacks a chart whose archive has the digest of the index, and asks nobody again", async () => {
  publishChart(server, "base", "1.31.1");
  const folder = await get();
  expect(readFileSync(join(folder, "Chart.yaml"), "utf8")).toContain("version: 1.31.1");
  expect(server.requests).toEqual(["GET /charts/index.yaml", "GET /charts/base-1.31.1.tgz"]);
  expect(await chartPhase(cache, chart()).done()).toBe(true);
});

it("refuses an archive that is not the one of the index, and leaves nothing", async () => {
  const archive = publishChart(server, "base", "1.31.1");
  const other = publishChart(server, "base", "1.31.0");
  const body = server.files.get(other)?.body ?? Buffer.of();
  publishChart(server, "base", "1.31.1");
  server.files.set(archive, { body });
  await expect(get()).rejects.toThrow(/base-1\.31\.1\.tgz: checksum differs/);
  expect(existsSync(chartsDir(cache)) ? readdirSync(chartsDir(cache)) : []).toEqual([]);
});

it("says which version is the newest where the wanted one is not published", async () => {
  publishChart(server, "base", "1.31.0");
  await expect(get()).rejects.toThrow(
    "/charts/index.yaml has no chart base 1.31.1, but 1.31.0 as the newest: nothing installed",
  );
});

it.each([
  ["a login page", "<html>"],
  ["broken YAML", "entries: ["],
  ["an index without digests", "entries: { base: [{ version: 1.31.1, urls: [x.tgz] }] }"],
])("takes %s for no index", async (_, text) => {
  server.files.set("/charts/index.yaml", { body: Buffer.from(text) });
  await expect(get()).rejects.toThrow("is no index of a chart repository: nothing installed");
});

it("asks for the index again after it was missing", async () => {
  await expect(get()).rejects.toThrow("/charts/index.yaml: the server answered 404");
  publishChart(server, "base", "1.31.1");
  await get();
});

it("takes everything from a mirror, the archive that the index names elsewhere too", async () => {
  publishChart(server, "base", "1.31.1");
  const host = new URL(server.base).host;
  for (const [path, answer] of [...server.files])
    server.files.set(`/mirror/${host}${path}`, answer);
  vi.stubEnv("LAB_MIRROR", `${server.base}/mirror/`);
  await get();
  expect(server.requests).toEqual([
    `GET /mirror/${host}/charts/index.yaml`,
    `GET /mirror/${host}/charts/base-1.31.1.tgz`,
  ]);
});
