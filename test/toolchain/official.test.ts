import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { OfficialTool } from "../../hack/toolchain/official-tools.ts";
import { officialPhases } from "../../hack/toolchain/official.ts";
import type { Phase } from "../../hack/toolchain/phase.ts";
import { savedSupply } from "../../hack/toolchain/supply-file.ts";
import { publishChart } from "./chart-repository.ts";
import { sha256, startFileServer } from "./file-server.ts";
import type { FileServer } from "./file-server.ts";

// Stands for the Pulumi CLI: makes the folder of the plugin it is asked for.
const pulumi = `#!/bin/sh
[ "$1" = version ] && echo v3.250.0 && exit
mkdir -p "$PULUMI_HOME/plugins/resource-$4-v$5"
`;

const definitions = Buffer.from("kind: CustomResourceDefinition\n");

let server: FileServer;
let folder: string;

beforeEach(async () => {
  server = await startFileServer();
  folder = mkdtempSync(join(tmpdir(), "lab-official-"));
  publish("pulumi", pulumi);
  publish("kind", "#!/bin/sh\necho kind v0.33.0\n");
  publishChart(server, "base", "1.31.1");
  server.files.set("/standard-install.yaml", { body: definitions });
});
afterEach(() => server.close());

function publish(file: string, text: string): void {
  const body = Buffer.from(text);
  server.files.set(`/${file}`, { body });
  server.files.set(`/${file}.sha256`, { body: Buffer.from(sha256(body)) });
}

function tool(name: string, version: string): OfficialTool {
  const url = `${server.base}/${name}`;
  return {
    name,
    version,
    url,
    checksumUrl: `${url}.sha256`,
    unpack: "binary",
    versionArgs: ["version"],
    accepts: (found) => found.join(".") === version,
  };
}

/** The phases of a run of its own, as `checkout` would see them. */
function phases(checkout = "checkout", searchPath = "", kindVersion = "0.33.0"): readonly Phase[] {
  const supplyFile = join(folder, checkout, "supply.json");
  return officialPhases({
    tools: [tool("pulumi", "3.250.0"), tool("kind", kindVersion)],
    plugins: [{ name: "tls", version: "5.6.1" }],
    charts: [{ repository: `${server.base}/charts`, name: "base", version: "1.31.1" }],
    gatewayApi: {
      version: "1.6.3",
      url: `${server.base}/standard-install.yaml`,
      sha256: sha256(definitions),
    },
    cache: join(folder, "cache"),
    binDir: join(folder, checkout, "bin"),
    searchPath,
    pulumiHome: join(folder, "home"),
    saved: savedSupply(supplyFile),
    supplyFile,
  });
}

/** Runs what is not done and gives the titles of those phases. */
async function run(list: readonly Phase[]): Promise<readonly string[]> {
  const ran: string[] = [];
  for (const phase of list) {
    if (await phase.done()) continue;
    await phase.run(() => undefined);
    ran.push(phase.title);
  }
  return ran;
}

const everything = [
  "pulumi 3.250.0",
  "kind 0.33.0",
  "Pulumi plugin tls 5.6.1",
  "chart base 1.31.1",
  "Gateway API 1.6.3",
  "write .lab/supply.json",
];

it("downloads the tools, installs the plugins and writes the supply, once", async () => {
  expect(await run(phases())).toEqual(everything);
  expect(savedSupply(join(folder, "checkout", "supply.json"))?.parts.slice(0, 3)).toEqual([
    { name: "pulumi", version: "3.250.0", from: "downloaded" },
    { name: "kind", version: "0.33.0", from: "downloaded" },
    { name: "pulumi-resource-tls", version: "5.6.1", from: "installed by the Pulumi CLI" },
  ]);
  expect(await run(phases())).toEqual([]);
  expect(server.requests).toHaveLength(7);
});

it("has the Gateway API's definitions in the cache, as they were pinned, or not at all", async () => {
  server.files.set("/standard-install.yaml", { body: Buffer.from("changed on the way") });
  await expect(run(phases())).rejects.toThrow("/standard-install.yaml: checksum differs");
  expect(readdirSync(join(folder, "cache", "official")).join()).not.toContain("gateway-api");
  server.files.set("/standard-install.yaml", { body: definitions });
  await run(phases());
  const supply = savedSupply(join(folder, "checkout", "supply.json"));
  expect(supply?.gatewayApi).toBe(
    join(folder, "cache", "official", "gateway-api-1.6.3", "standard-install.yaml"),
  );
  expect(readFileSync(supply?.gatewayApi ?? "")).toEqual(definitions);
  expect(supply?.parts).toContainEqual({
    name: "gateway-api",
    version: "1.6.3",
    from: "downloaded",
  });
});

it("downloads nothing twice: the next checkout uses the same cache", async () => {
  await run(phases());
  const asked = server.requests.length;
  expect(await run(phases("second"))).toEqual([
    "pulumi 3.250.0",
    "kind 0.33.0",
    "write .lab/supply.json",
  ]);
  expect(server.requests).toHaveLength(asked);
});

it("goes on after a download that failed, keeping what was finished", async () => {
  server.files.delete("/kind");
  await expect(run(phases())).rejects.toThrow("/kind: the server answered 404");
  expect(savedSupply(join(folder, "checkout", "supply.json"))).toBeUndefined();
  publish("kind", "#!/bin/sh\necho kind v0.33.0\n");
  await run(phases());
  expect(server.requests.filter((request) => request === "GET /pulumi")).toHaveLength(1);
});

it("uses a tool of the right version that is on the machine, and says so", async () => {
  const bin = join(folder, "usr-bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "kind"), "#!/bin/sh\necho kind v0.33.0\n");
  chmodSync(join(bin, "kind"), 0o755);
  await run(phases("checkout", bin));
  expect(readlinkSync(join(folder, "checkout", "bin", "kind"))).toBe(join(bin, "kind"));
  expect(savedSupply(join(folder, "checkout", "supply.json"))?.parts[1]).toEqual({
    name: "kind",
    version: "0.33.0",
    from: "found on this machine",
  });
  expect(await run(phases("checkout", bin))).toEqual([]);

  rmSync(join(bin, "kind"));
  expect(await run(phases("checkout", bin))).toEqual(["kind 0.33.0", "write .lab/supply.json"]);
});

it("gets a tool anew when its pinned version changes", async () => {
  await run(phases());
  publish("kind", "#!/bin/sh\necho kind v0.34.0\n");
  expect(await run(phases("checkout", "", "0.34.0"))).toEqual([
    "kind 0.34.0",
    "write .lab/supply.json",
  ]);
});

it("gets a tool anew when it was removed from the cache", async () => {
  await run(phases());
  rmSync(join(folder, "cache"), { recursive: true });
  expect(await run(phases())).toEqual([
    "pulumi 3.250.0",
    "kind 0.33.0",
    "chart base 1.31.1",
    "Gateway API 1.6.3",
  ]);
});

it("takes a plugin that is still being unpacked for missing", async () => {
  await run(phases());
  writeFileSync(join(folder, "home", "plugins", "resource-tls-v5.6.1.partial"), "");
  expect(await run(phases())).toEqual(["Pulumi plugin tls 5.6.1"]);
});
