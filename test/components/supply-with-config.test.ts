import { describe, expect, it } from "vitest";
import { inRegistry, withConfig } from "../../components/supply-with-config.ts";
import { imageParts } from "../../components/supply-parts.ts";
import { officialSupply, type Supply } from "../../components/supply.ts";
import { charts, images } from "../../components/versions.ts";
import { labConfig } from "../support/lab.ts";

describe("inRegistry", () => {
  it.each([
    ["docker.io/library/nginx:1", "mirror.example.org/library/nginx:1"],
    ["quay.io/kiali/kiali:v2.27.0", "mirror.example.org/kiali/kiali:v2.27.0"],
    ["localhost:5000/app:1", "mirror.example.org/app:1"],
    ["localhost/app:1", "mirror.example.org/app:1"],
    ["kindest/node:v1.34.11@sha256:44e2", "mirror.example.org/kindest/node:v1.34.11@sha256:44e2"],
    ["nginx:1.29", "mirror.example.org/nginx:1.29"],
    ["docker.io/istio", "mirror.example.org/istio"],
  ])("%s -> %s", (image, mirrored) => {
    expect(inRegistry(image, "mirror.example.org")).toBe(mirrored);
  });

  it("takes a registry with port and path", () => {
    expect(inRegistry("docker.io/prom/prometheus:v3", "mirror.example.org:5000/lab")).toBe(
      "mirror.example.org:5000/lab/prom/prometheus:v3",
    );
  });
});

describe("withConfig", () => {
  const { istio } = officialSupply;

  it.each([
    ["nothing set", {}],
    ["the supply's own version set", { istioVersion: istio.version }],
    ["the supply's own node image set", { nodeImage: officialSupply.nodeImage }],
  ])("leaves the supply as it is with %s", (_, raw) => {
    expect(withConfig(officialSupply, labConfig(raw))).toEqual(officialSupply);
  });

  it("takes another Istio version: charts, tag and version together", () => {
    const version = "1.30.2";
    expect(withConfig(officialSupply, labConfig({ istioVersion: version }))).toEqual({
      ...officialSupply,
      istio: {
        ...istio,
        version,
        tag: version,
        charts: {
          base: { ...charts.base, version },
          istiod: { ...charts.istiod, version },
          gateway: { ...charts.gateway, version },
        },
      },
    });
  });

  it("takes every image from a mirror, the node's and Istio's too, and charts from where they are", () => {
    expect(withConfig(officialSupply, labConfig({ imageRegistry: "mirror.example.org" }))).toEqual({
      ...officialSupply,
      nodeImage: `mirror.example.org/${officialSupply.nodeImage}`,
      images: Object.fromEntries(
        Object.entries(images).map(([role, image]) => [
          role,
          image.replace(/^[^/]+/, "mirror.example.org"),
        ]),
      ),
      istio: { ...istio, hub: "mirror.example.org/istio" },
    });
  });

  it("says in its parts what config made of them, and leaves the others", () => {
    const pulumi = { name: "pulumi", version: "3.250.0", from: "downloaded" };
    const supply = { ...officialSupply, parts: [pulumi, ...imageParts(officialSupply)] };
    const raw = { istioVersion: "1.30.2", imageRegistry: "mirror.example.org" };
    const { parts } = withConfig(supply, labConfig(raw));
    expect(parts.map(({ name }) => name)).toEqual(supply.parts.map(({ name }) => name));
    expect(parts[0]).toBe(pulumi);
    expect(parts[1]).toEqual({
      name: "istio",
      version: "1.30.2",
      from: "mirror.example.org/istio",
    });
    expect(parts.slice(1).filter(({ from }) => !from.startsWith("mirror.example.org/"))).toEqual(
      [],
    );
  });

  it.each([
    ["istio-lab.local", "mirror.example.org"],
    ["docker.io/istio", "mirror.example.org/istio"],
    ["localhost:5000/a/b", "mirror.example.org/a/b"],
    ["istio", "mirror.example.org/istio"],
  ])("takes Istio's images from a mirror where their hub is %s", (hub, mirrored) => {
    const supply = { ...officialSupply, istio: { ...istio, hub } };
    const { istio: taken } = withConfig(supply, labConfig({ imageRegistry: "mirror.example.org" }));
    expect(taken.hub).toBe(mirrored);
  });

  it("takes a node image as it was given, whatever the mirror", () => {
    const raw = { nodeImage: "kindest/node:v1.33.1", imageRegistry: "mirror.example.org" };
    expect(withConfig(officialSupply, labConfig(raw)).nodeImage).toBe("kindest/node:v1.33.1");
  });

  it("leaves charts that are folders alone", () => {
    const folder = { folder: "/charts/base" };
    const supply: Supply = {
      ...officialSupply,
      istio: { ...istio, tag: "t", charts: { base: folder, istiod: folder, gateway: folder } },
    };
    expect(withConfig(supply, labConfig())).toEqual(supply);
    expect(withConfig(supply, labConfig({ istioVersion: "1.30.2" })).istio.charts.base).toEqual(
      folder,
    );
  });

  it("takes charts that set-up got in the version that config wants, from beside the pinned one's", () => {
    const got = { ...charts.base, folder: "/cache/charts/base-1.31.1" };
    const supply: Supply = {
      ...officialSupply,
      istio: { ...istio, charts: { ...istio.charts, base: got } },
    };
    const { base } = withConfig(supply, labConfig({ istioVersion: "1.30.2" })).istio.charts;
    expect(base).toEqual({ ...got, version: "1.30.2", folder: "/cache/charts/base-1.30.2" });
  });

  it("does not change the supply it is given", () => {
    const before = structuredClone(officialSupply);
    withConfig(officialSupply, labConfig({ istioVersion: "1.30.2", imageRegistry: "m.example" }));
    expect(officialSupply).toEqual(before);
  });
});
