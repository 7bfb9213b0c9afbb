import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { sha256, type FileServer } from "./file-server.ts";

/** Publishes a chart at `<base>/charts`, with its index; gives the path of its archive. */
export function publishChart(server: FileServer, name: string, version: string): string {
  const work = mkdtempSync(join(tmpdir(), "lab-chart-"));
  mkdirSync(join(work, name));
  writeFileSync(join(work, name, "Chart.yaml"), stringify({ apiVersion: "v2", name, version }));
  execFileSync("tar", ["-czf", join(work, "chart.tgz"), "-C", work, name]);
  const body = readFileSync(join(work, "chart.tgz"));
  const path = `/charts/${name}-${version}.tgz`;
  server.files.set(path, { body });
  const entry = { version, urls: [`${name}-${version}.tgz`], digest: sha256(body) };
  const index = stringify({ apiVersion: "v1", entries: { [name]: [entry] } });
  server.files.set("/charts/index.yaml", { body: Buffer.from(index) });
  return path;
}
