import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { istioVersion } from "../../components/versions.ts";
import { istioMetrics } from "../../hack/registry-only/metrics/istio-metrics.ts";
import { peerExchange } from "../../hack/registry-only/metrics/peer-exchange.ts";
import { metricRelabelings } from "../../hack/registry-only/metrics/relabelings.ts";
import { imagesOf } from "../../hack/registry-only/image-names.ts";
import { parts } from "../../hack/registry-only/parts.ts";
import { partNamed } from "../../hack/registry-only/recipe-hash.ts";
import { supplyOf } from "../../hack/registry-only/supply.ts";

const supply = supplyOf(parts, false);

describe("the registry-only supply", () => {
  it("names images that its parts make, and one tag for Istio's", () => {
    const made = parts.flatMap((part) => imagesOf(part, parts));
    const { hub, tag } = supply.istio;
    const named = [
      supply.nodeImage,
      ...Object.entries(supply.images).flatMap(([role, name]) =>
        role in supply.missingImages ? [] : [name],
      ),
      `${hub}/pilot:${tag}`,
      `${hub}/proxyv2:${tag}`,
    ];
    expect(named.filter((name) => !made.includes(name))).toEqual([]);
  });

  it("has Istio's pinned version and three charts in folders", () => {
    expect(supply.istio.version).toBe(istioVersion);
    for (const [name, chart] of Object.entries(supply.istio.charts)) {
      expect(chart).toEqual({ folder: expect.stringMatching(`/charts/${name}$`) as string });
    }
  });

  it("has MetalLB's chart in a folder of its part", () => {
    expect(supply.metallbChart).toEqual({
      folder: expect.stringMatching(/\/metallb-0\.15\.2-[0-9a-f]{12}\/charts\/metallb$/) as string,
    });
  });

  it("has the Gateway API of the pinned version in a folder of its part", () => {
    expect(supply.gatewayApi).toMatch(/\/gateway-api-1\.6\.3-[0-9a-f]{12}\/standard$/);
  });

  it("switches off what stock Envoy can't do", () => {
    expect(supply.istio.values.istiod).toMatchObject({
      telemetry: { enabled: false },
      env: {
        PILOT_ENABLE_ALPN_FILTER: "false",
        PILOT_ENABLE_METADATA_EXCHANGE: "false",
        PILOT_DISABLE_MX_ALPN: "true",
      },
    });
  });

  it("says what it can't do, and why", () => {
    expect(Object.keys(supply.limits).sort()).toEqual([
      ...["grafana", "grpc-message-metrics", "kiali-ui", "oauth2-proxy"],
      ...["tcp-open-metrics", "tcp-peer-workload"],
    ]);
    expect(supply.missingImages.grafana).toBe(supply.limits.grafana);
  });

  it("patches containerd only where CAP_SYS_RESOURCE is missing", () => {
    expect(supply.containerdConfigPatches).toEqual([]);
    expect(supplyOf(parts, true).containerdConfigPatches).toEqual([
      '[plugins."io.containerd.grpc.v1.cri"]\n  restrict_oom_score_adj = true\n',
    ]);
  });

  it("brings Istio's metrics and what they need to know of peers, as EnvoyFilters", () => {
    expect(supply.meshManifests.map((text) => parse(text) as unknown)).toEqual([
      peerExchange,
      istioMetrics,
    ]);
    // An alias means nothing to a reader, and not every reader of YAML takes one.
    expect(supply.meshManifests.filter((text) => /[&*]a\d/.test(text))).toEqual([]);
    expect(supply.metricRelabelings).toBe(metricRelabelings);
  });

  it("says of Istio what it is, whatever it is labelled", () => {
    const istio = supply.parts.find(({ name }) => name === "istio");
    const day = /@v0\.0\.0-(\d{4})(\d\d)(\d\d)\d{6}-/.exec(istio?.from ?? "");
    expect(istio?.version).toBe(istioVersion);
    expect(istio?.from).toContain(`(state of ${day?.slice(1).join("-")}, the day of 1.31.0: `);
  });

  it("lists every part with its version and origin", () => {
    expect(supply.parts).toContainEqual({
      name: "kind",
      version: partNamed("kind", parts).version,
      from: "built from Go module sigs.k8s.io/kind@v0.33.0",
    });
    expect(supply.parts).toHaveLength(parts.length);
  });
});
