import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as versions from "../../components/versions.ts";

describe("versions", () => {
  it.each(Object.entries({ ...versions.tools, kubernetes: versions.kubernetesVersion }))(
    "%s is pinned to one release: %s",
    (_, version) => {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    },
  );

  it.each(Object.entries(versions.images))(
    "image %s has a registry and a pinned tag: %s",
    (_, image) => {
      expect(image).toMatch(
        /^(docker\.io|quay\.io|registry\.istio\.io|ghcr\.io|us-docker\.pkg\.dev)(\/[\w.-]+)+:v?\d+\.\d+(\.\d+)?$/,
      );
    },
  );

  it("the node image is of that Kubernetes, by digest", () => {
    expect(versions.kindNodeImage).toMatch(/^kindest\/node:v[\d.]+@sha256:[0-9a-f]{64}$/);
    expect(versions.kindNodeImage).toContain(`:v${versions.kubernetesVersion}@`);
  });

  it("istioctl is of the mesh's version, kubectl within one minor of the cluster's", () => {
    const minor = (version: string): number => Number(version.split(".")[1]);
    expect(versions.tools.istioctl).toBe(versions.istioVersion);
    expect(
      Math.abs(minor(versions.tools.kubectl) - minor(versions.kubernetesVersion)),
    ).toBeLessThan(2);
  });

  it("the Pulumi CLI is of the SDK's version", () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies["@pulumi/pulumi"]).toBe(versions.tools.pulumi);
  });
});
