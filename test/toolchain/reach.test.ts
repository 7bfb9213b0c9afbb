import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { officialPlaces, whyUnreachable } from "../../hack/toolchain/reach.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server that answers every request with this status, or never; gives its URL. */
async function serverThat(answers: number | "never", methods: string[] = []): Promise<string> {
  const server = createServer((request, response) => {
    methods.push(request.method ?? "");
    if (answers !== "never") response.writeHead(answers, { location: "http://127.0.0.1:9/" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it.each([200, 302, 401])("takes status %i for an answer", async (status) => {
  const methods: string[] = [];
  expect(await whyUnreachable(await serverThat(status, methods), 3000)).toBeUndefined();
  expect(methods).toEqual(["HEAD"]);
});

it.each([403, 404, 410, 502])("takes status %i for a place that has it not", async (status) => {
  expect(await whyUnreachable(await serverThat(status), 3000)).toBe(`answered ${status}`);
});

it("gives up after the time-out", async () => {
  expect(await whyUnreachable(await serverThat("never"), 100)).toBe("no answer in time");
});

it("says that nobody listens", async () => {
  const url = await serverThat(200);
  stops.splice(0).forEach((stop) => {
    stop();
  });
  expect(await whyUnreachable(url, 3000)).toBe("ECONNREFUSED");
});

describe("officialPlaces", () => {
  const needed = {
    platform: { os: "darwin", arch: "arm64" },
    plugins: [{ name: "tls", version: "5.6.1" }],
  } as const;

  it("are the hosts that every lab needs, each by a file of this platform in the pinned version", () => {
    expect(officialPlaces(needed).map(({ name, url }) => [name, url])).toEqual([
      ["blob.istio.io", "https://blob.istio.io/istio-release/charts/base-1.31.1.tgz"],
      ["get.pulumi.com", "https://get.pulumi.com/releases/sdk/pulumi-v3.250.0-darwin-arm64.tar.gz"],
      [
        "github.com",
        "https://github.com/kubernetes-sigs/kind/releases/download/v0.33.0/kind-darwin-arm64",
      ],
      ["dl.k8s.io", "https://dl.k8s.io/release/v1.34.2/bin/darwin/arm64/kubectl"],
      ["docker.io", "https://registry-1.docker.io/v2/istio/pilot/manifests/1.31.1"],
    ]);
  });

  it("are asked of Docker Hub only where no mirror has the images", () => {
    const names = officialPlaces({ ...needed, imageRegistry: "mirror.example.org" });
    expect(names.map(({ name }) => name)).not.toContain("docker.io");
  });
});
