import { describe, expect, it } from "vitest";
import { circuitBreaking } from "../../../components/scenarios/circuit-breaking.ts";
import type { Expectation } from "../../../components/scenarios/expectation.ts";
import { buildStep, deployStep } from "../../support/build-step.ts";
import { find, listed } from "../../support/mocks.ts";

const rule = "kubernetes:networking.istio.io/v1:DestinationRule";
const connectionPool = {
  tcp: { maxConnections: 1 },
  http: { http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 },
};
const outlierDetection = {
  consecutive5xxErrors: 1,
  interval: "1s",
  baseEjectionTime: "3m",
  maxEjectionPercent: 100,
};

describe("circuit-breaking", () => {
  it.each([
    ["limits", { connectionPool }],
    ["outlier", { connectionPool, outlierDetection }],
  ])("%s has httpbin, fortio and its rule", async (step, trafficPolicy) => {
    const registered = await buildStep("circuit-breaking", step);
    expect(listed(registered).filter((one) => one.includes(" default/"))).toEqual([
      "kubernetes:apps/v1:Deployment default/fortio-deploy",
      "kubernetes:apps/v1:Deployment default/httpbin",
      "kubernetes:core/v1:Service default/httpbin",
      "kubernetes:core/v1:ServiceAccount default/fortio",
      "kubernetes:core/v1:ServiceAccount default/httpbin",
      `${rule} default/httpbin`,
    ]);
    expect(find(registered, "default/httpbin", rule).inputs["spec"]).toEqual({
      host: "httpbin",
      trafficPolicy,
    });
  });

  it("has httpbin at port 8000, and a fortio whose proxy tells about clusters it calls", async () => {
    const registered = await buildStep("circuit-breaking", "limits");
    const service = find(registered, "default/httpbin", "kubernetes:core/v1:Service");
    expect(service.inputs["spec"]).toMatchObject({ ports: [{ name: "http", port: 8000 }] });
    expect(find(registered, "default/fortio-deploy").inputs["spec"]).toMatchObject({
      template: {
        metadata: {
          labels: { app: "fortio" },
          annotations: {
            "proxy.istio.io/config":
              "terminationDrainDuration: 1s\nproxyStatsMatcher:\n  inclusionPrefixes:\n    - cluster.outbound\n",
          },
        },
      },
    });
  });

  const rows = async (step: string): Promise<readonly Expectation[]> =>
    circuitBreaking.proof((await deployStep("circuit-breaking", step)).outputs, step);

  it("loads httpbin with the specification's numbers", async () => {
    const loads = (await rows("limits")).filter(({ check }) => check.kind === "load");
    expect(loads.map(({ check }) => check)).toEqual([
      {
        kind: "load",
        in: { app: "fortio" },
        url: "http://httpbin:8000/get",
        calls: 20,
        connections: [2, 3],
        otherwise: 10,
        heldBack: "httpbin.*upstream_rq_pending_overflow",
      },
    ]);
  });

  it("lets no two rows send at the same time: the proxy's counters know no sender", async () => {
    const turns = (await rows("limits"))
      .filter(({ check }) => check.kind === "exec" || check.kind === "load")
      .map(({ after = [] }) => JSON.stringify(after));
    expect(new Set(turns).size).toBe(turns.length);
  });

  it("sees the 500 itself: by the caller, and past its proxy where that lets none through", async () => {
    const limits = (await rows("limits")).find(({ name }) => name.includes("is passed on"));
    expect(limits?.check).toEqual({
      kind: "exec",
      in: { app: "fortio" },
      command: ["/usr/bin/fortio", "load", "-curl", "http://httpbin:8000/status/500"],
      exit: [1],
      output: { contains: ["HTTP/1.1 500"] },
    });
    const outlier = (await rows("outlier")).find(({ name }) => name.startsWith("past"));
    // In no turn of the others: it goes through no limit and to no ejection.
    expect(outlier).not.toHaveProperty("after");
    expect(outlier?.check).toEqual({
      kind: "http",
      caller: { from: "pod", app: "fortio", container: "istio-proxy" },
      url: "http://httpbin:8000/status/500",
      expect: { status: [500] },
    });
  });

  it("tells the steps apart by what follows a 500", async () => {
    const again = (await rows("limits")).find(({ name }) => name.endsWith("called again"));
    const [noMore] = await rows("outlier");
    const fail = [["/usr/bin/fortio", "load", "-curl", "http://httpbin:8000/status/500"]];
    expect([again?.check, noMore?.check]).toMatchObject([
      { before: fail, output: { contains: ["HTTP/1.1 200 OK"] } },
      {
        before: fail,
        exit: [1],
        output: { contains: ["HTTP/1.1 503 Service Unavailable", "no healthy upstream"] },
      },
    ]);
    expect(noMore?.deadlineSeconds).toBe(5);
    const stats = async (step: string): Promise<object[]> =>
      (await rows(step)).map(({ check }) => check).filter(({ kind }) => kind === "envoy-stat");
    expect(await stats("limits")).toMatchObject([{ stat: "httpbin.*ejections_active", atMost: 0 }]);
    expect(await stats("outlier")).toMatchObject([
      { stat: "httpbin.*ejections_active", atLeast: 1, atMost: 1 },
    ]);
  });
});
