import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askPlaces } from "../../hack/places/ask-places.ts";
import { imageAddress } from "../../hack/places/image-platforms.ts";
import { platforms, whatIsPinned } from "../../hack/places/what-is-pinned.ts";

describe("imageAddress", () => {
  it.each([
    ["docker.io/istio/pilot:1.31.1", "registry-1.docker.io", "istio/pilot", "1.31.1"],
    ["kindest/node:v1@sha256:0a", "registry-1.docker.io", "kindest/node", "sha256:0a"],
    ["nginx", "registry-1.docker.io", "library/nginx", "latest"],
    ["quay.io/kiali/kiali:v2.27.0", "quay.io", "kiali/kiali", "v2.27.0"],
    ["localhost:5000/a/b:1", "localhost:5000", "a/b", "1"],
  ])("%s", (image, host, repository, reference) => {
    expect(imageAddress(image)).toEqual({ host, repository, reference });
  });
});

describe("whatIsPinned", () => {
  const { files, charts, images } = whatIsPinned([{ name: "tls", version: "5.6.1" }]);

  it("has each tool, its checksum and each plugin for every platform, nothing twice", () => {
    // Pulumi's checksum file is one for all platforms, and so are the Gateway API's definitions.
    expect(files).toHaveLength(platforms.length * (4 + 3 + 1) + 2);
    expect(files.at(-1)).toMatch(
      /gateway-api\/releases\/download\/v[\d.]+\/standard-install\.yaml$/,
    );
    expect(new Set(files).size).toBe(files.length);
    expect(files).toContain(
      "https://get.pulumi.com/releases/plugins/pulumi-resource-tls-v5.6.1-darwin-arm64.tar.gz",
    );
  });

  it("has all charts and images, the node's and Istio's too", () => {
    expect(charts.map(({ name }) => name)).toEqual(["base", "istiod", "gateway", "metallb"]);
    expect(images).toContain("docker.io/istio/proxyv2:1.31.1");
    expect(images[0]).toMatch(/^kindest\/node:/);
  });
});

describe("askPlaces", () => {
  const asked: string[] = [];

  beforeEach(() => {
    asked.length = 0;
    // Stands for the internet: one file, and a registry that wants a token first.
    vi.stubGlobal("fetch", (url: URL | string, init: RequestInit = {}) => {
      const { href } = new URL(url);
      asked.push(`${init.method ?? "GET"} ${href}`);
      return Promise.resolve(answerTo(href, new Headers(init.headers).get("authorization")));
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  function answerTo(url: string, token: string | null): Response {
    if (url === "https://files.test/there") return new Response();
    if (url.startsWith("https://auth.test/token")) return Response.json({ token: "t" });
    if (url.startsWith("https://registry.test/v2/") && token !== "Bearer t") {
      const challenge = 'Bearer realm="https://auth.test/token",service="r",scope="pull"';
      return new Response(null, { status: 401, headers: { "www-authenticate": challenge } });
    }
    if (url === "https://registry.test/v2/app/manifests/1") {
      const platform = { os: "linux", architecture: "amd64" };
      return Response.json({
        manifests: [{ platform }, { platform: { os: "unknown", architecture: "unknown" } }],
      });
    }
    return new Response(null, { status: 404 });
  }

  it("says of each whether it is there, and downloads none of it", async () => {
    const heard: string[] = [];
    const answers = await askPlaces(
      {
        files: ["https://files.test/there", "https://files.test/gone"],
        charts: [],
        images: ["registry.test/app:1", "registry.test/app:2"],
      },
      ({ what }) => heard.push(what),
    );
    expect(answers).toEqual([
      { what: "https://files.test/there" },
      { what: "https://files.test/gone", fault: "answered 404" },
      { what: "registry.test/app:1", note: "not for linux/arm64" },
      { what: "registry.test/app:2", fault: "answered 404" },
    ]);
    expect(heard.toSorted()).toEqual(answers.map(({ what }) => what).toSorted());
    expect(asked).toContain("GET https://auth.test/token?service=r&scope=pull");
    expect(asked.filter((one) => one.includes("files.test"))).toEqual([
      "HEAD https://files.test/there",
      "HEAD https://files.test/gone",
    ]);
  });
});
