import { afterEach, beforeEach, expect, it } from "vitest";
import { downloadSizes } from "../../hack/toolchain/download-sizes.ts";
import { startFileServer, type FileServer } from "./file-server.ts";

let server: FileServer;

beforeEach(async () => {
  server = await startFileServer();
});
afterEach(() => server.close());

it("tells before it begins what is got, how much and from where", async () => {
  server.files.set("/kind", { body: Buffer.alloc(1_500_000) });
  const phases = [
    { title: "kind 0.33.0", url: `${server.base}/kind` },
    { title: "kubectl 1.34.2", url: `${server.base}/gone` },
    { title: "write .lab/supply.json" },
  ];
  expect(await downloadSizes(phases)).toBe(
    "to be got, unless it is on this machine: kind 0.33.0 (1.5 MB), kubectl 1.34.2: 1.5 MB from " +
      new URL(server.base).host,
  );
});

it("says nothing where no file is downloaded", async () => {
  expect(await downloadSizes([{ title: "build kind" }])).toBeUndefined();
});
