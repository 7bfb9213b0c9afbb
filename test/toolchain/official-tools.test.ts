import { expect, it } from "vitest";
import { officialTools } from "../../hack/toolchain/official-tools.ts";
import type { Platform } from "../../hack/toolchain/platform.ts";
import type { Version } from "../../hack/toolchain/semantic-version.ts";

const linux: Platform = { os: "linux", arch: "x64" };
const mac: Platform = { os: "darwin", arch: "arm64" };

it("names every file as its project publishes it for linux/x64", () => {
  expect(officialTools(linux).map(({ url, checksumUrl }) => [url, checksumUrl])).toEqual([
    [
      "https://get.pulumi.com/releases/sdk/pulumi-v3.250.0-linux-x64.tar.gz",
      "https://github.com/pulumi/pulumi/releases/download/v3.250.0/pulumi-3.250.0-checksums.txt",
    ],
    [
      "https://github.com/kubernetes-sigs/kind/releases/download/v0.33.0/kind-linux-amd64",
      "https://github.com/kubernetes-sigs/kind/releases/download/v0.33.0/kind-linux-amd64.sha256sum",
    ],
    [
      "https://dl.k8s.io/release/v1.34.2/bin/linux/amd64/kubectl",
      "https://dl.k8s.io/release/v1.34.2/bin/linux/amd64/kubectl.sha256",
    ],
    [
      "https://github.com/istio/istio/releases/download/1.31.1/istioctl-1.31.1-linux-amd64.tar.gz",
      "https://github.com/istio/istio/releases/download/1.31.1/istioctl-1.31.1-linux-amd64.tar.gz.sha256",
    ],
  ]);
});

it("names every file as its project publishes it for darwin/arm64", () => {
  expect(officialTools(mac).map(({ url }) => url)).toEqual([
    "https://get.pulumi.com/releases/sdk/pulumi-v3.250.0-darwin-arm64.tar.gz",
    "https://github.com/kubernetes-sigs/kind/releases/download/v0.33.0/kind-darwin-arm64",
    "https://dl.k8s.io/release/v1.34.2/bin/darwin/arm64/kubectl",
    "https://github.com/istio/istio/releases/download/1.31.1/istioctl-1.31.1-osx-arm64.tar.gz",
  ]);
});

it.each<[string, Version, boolean]>([
  ["pulumi", [3, 250, 0], true],
  ["pulumi", [3, 260, 1], true],
  ["pulumi", [3, 249, 9], false],
  ["pulumi", [4, 0, 0], false],
  ["kind", [0, 33, 5], true],
  ["kind", [0, 32, 0], false],
  ["kind", [0, 34, 0], false],
  ["kubectl", [1, 33, 0], true],
  ["kubectl", [1, 35, 4], true],
  ["kubectl", [1, 32, 9], false],
  ["kubectl", [1, 36, 0], false],
  ["istioctl", [1, 31, 0], true],
  ["istioctl", [1, 30, 2], false],
])("a %s %j on the machine will do: %j", (name, version, expected) => {
  const tool = officialTools(linux).find((one) => one.name === name);
  expect(tool?.accepts(version)).toBe(expected);
});
