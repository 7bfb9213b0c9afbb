import { describe, expect, it } from "vitest";
import { expectedSeconds } from "../../hack/tour/expected-time.ts";
import { html } from "../../hack/tour/report/markup.ts";
import { readStepObjects } from "../../hack/tour/step-objects.ts";
import { summarize } from "../../hack/tour/tour-report.ts";
import { tourJunit } from "../../hack/tour/report-junit.ts";
import { stopsOf, threeSteps } from "./fake-tour.ts";
import { failedStep, passedStep, sampleTour, skippedStep } from "./sample-step.ts";

describe("readStepObjects", () => {
  it("keeps nothing of a Secret but its name, and of a workload no environment", async () => {
    const container = { name: "app", image: "i", env: [{ name: "PASSWORD", value: "hush" }] };
    const template = { metadata: { labels: { app: "x" } }, spec: { containers: [container] } };
    const items = [
      { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { key: "hush" } },
      { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "d" }, spec: { template } },
    ];
    const get = (args: readonly string[]): Promise<unknown> =>
      Promise.resolve({ items: args[0] === "pods" ? [] : items });
    const read = await readStepObjects({ get });
    expect(JSON.stringify(read)).not.toContain("hush");
    expect(read.objects.map(({ name }) => name)).toEqual(["s", "d"]);
  });

  it("tells a sidecar, native or not, from a gateway whose only container has that name", async () => {
    const pod = (name: string, containers: string[], initContainers: string[] = []): object => ({
      metadata: { name, namespace: "default" },
      spec: {
        containers: containers.map((one) => ({ name: one })),
        initContainers: initContainers.map((one) => ({ name: one })),
      },
    });
    const items = [
      pod("native", ["app"], ["istio-init", "istio-proxy"]),
      pod("old", ["app", "istio-proxy"]),
      pod("plain", ["app"]),
      pod("gateway", ["istio-proxy"]),
    ];
    const get = (args: readonly string[]): Promise<unknown> =>
      Promise.resolve({ items: args[0] === "pods" ? items : [] });
    const { pods } = await readStepObjects({ get });
    expect(pods.map(({ name, sidecar }) => [name, sidecar])).toEqual([
      ["native", true],
      ["old", true],
      ["plain", false],
      ["gateway", false],
    ]);
  });
});

describe("expectedSeconds", () => {
  const [first, second] = stopsOf(threeSteps);

  it("is what the step took last time", () => {
    expect(first && expectedSeconds(first, { "lesson/one": 7 })).toBe(7);
  });

  it("is the middle of the others with the step's own wait, or a guess", () => {
    expect(second && expectedSeconds(second, { "lesson/one": 7 })).toBe(7 + 5);
    expect(second && expectedSeconds(second, {})).toBe(20 + 5);
  });
});

describe("summarize", () => {
  it("takes the switches of passed steps", () => {
    const slow = { ...passedStep, applySeconds: 10 };
    expect(summarize([passedStep, slow, failedStep, skippedStep], 60)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      seconds: 60,
      medianSwitchSeconds: 9.5,
      worstSwitchSeconds: 12.9,
    });
  });

  it("has no median of nothing", () => {
    expect(summarize([failedStep], 1)).toMatchObject({
      medianSwitchSeconds: null,
      worstSwitchSeconds: null,
    });
  });
});

describe("html", () => {
  it("escapes values, in text and in attributes, and no markup", () => {
    const inner = html`<b>${"<&"}</b>`;
    expect(html`<a title="${"\"x'"}">${[inner, inner]}${1}</a>`.text).toBe(
      '<a title="&quot;x&#39;"><b>&lt;&amp;</b><b>&lt;&amp;</b>1</a>',
    );
  });
});

describe("tourJunit", () => {
  it("has a suite a step, with the step's own fault and a case a row", () => {
    const xml = tourJunit(sampleTour());
    expect(xml).toContain('<testsuites tests="6" failures="2" errors="0" skipped="2">');
    expect(xml).toContain('name="bookinfo-timeouts/delay-2s"');
    expect(xml).toContain("it needs a load balancer, and this lab has none");
  });
});
