import { describe, expect, it } from "vitest";
import { mirroring } from "../../../components/scenarios/mirroring.ts";
import { buildStep, deployStep } from "../../support/build-step.ts";
import { labOutputs } from "../../support/lab.ts";
import { find, listed } from "../../support/mocks.ts";

const istio = "kubernetes:networking.istio.io/v1";
const toV1 = { route: [{ destination: { host: "httpbin", subset: "v1" }, weight: 100 }] };
const copied = { mirror: { host: "httpbin", subset: "v2" }, mirrorPercentage: { value: 100 } };

describe("mirroring", () => {
  it.each([
    ["all-v1", toV1],
    ["mirror-v2", { ...toV1, ...copied }],
  ])("%s has two versions, named by a rule before the route needs them", async (step, http) => {
    const registered = await buildStep("mirroring", step);
    expect(listed(registered).filter((one) => one.includes("/httpbin"))).toEqual([
      "kubernetes:apps/v1:Deployment default/httpbin-v1",
      "kubernetes:apps/v1:Deployment default/httpbin-v2",
      "kubernetes:core/v1:Service default/httpbin",
      "kubernetes:core/v1:ServiceAccount default/httpbin-v1",
      "kubernetes:core/v1:ServiceAccount default/httpbin-v2",
      `${istio}:DestinationRule default/httpbin`,
      `${istio}:VirtualService default/httpbin`,
    ]);
    expect(find(registered, "default/httpbin", `${istio}:DestinationRule`).inputs["spec"]).toEqual({
      host: "httpbin",
      subsets: ["v1", "v2"].map((version) => ({ name: version, labels: { version } })),
    });
    const route = find(registered, "default/httpbin", `${istio}:VirtualService`);
    expect(route.inputs["spec"]).toEqual({ hosts: ["httpbin"], http: [http] });
    expect(route.waitsFor).toContain("default/httpbin");
  });

  it("tries a request of its own each time, and counts it in all that was logged since", () => {
    const [command = "", ...more] = mirroring.tryIt(labOutputs("all-v1"), "all-v1");
    expect(more).toEqual([]);
    expect(command).toMatch(/^id=try-\$\(date \+%s\); /);
    expect(command).toContain('"http://httpbin:8080/headers?id=$id"');
    expect(command).toContain('-c httpbin --since 1m | grep -c "id=$id"');
    expect(command).not.toContain("--tail");
  });

  it.each(["v1", "v2"])("labels and names %s", async (version) => {
    const registered = await buildStep("mirroring", "all-v1");
    const labels = { app: "httpbin", version };
    expect(
      find(registered, `default/httpbin-${version}`, "kubernetes:apps/v1:Deployment"),
    ).toMatchObject({
      inputs: {
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: { serviceAccountName: `httpbin-${version}` },
          },
        },
      },
    });
    const service = find(registered, "default/httpbin", "kubernetes:core/v1:Service");
    expect(service.inputs["spec"]).toEqual({
      selector: { app: "httpbin" },
      ports: [{ name: "http", port: 8080, targetPort: "http" }],
    });
  });

  it.each([
    ["all-v1", 0],
    ["mirror-v2", 1],
  ])("%s: v1 gets and answers each request, v2 gets it %i times", async (step, copies) => {
    const { outputs } = await deployStep("mirroring", step);
    const [answered, delivered] = mirroring.proof(outputs, step);
    expect(answered?.check).toMatchObject({
      url: "http://httpbin:8080/hostname",
      times: 10,
      expect: { status: [200], body: { contains: ["httpbin-v1-"] } },
    });
    const container = "httpbin";
    expect(delivered?.check).toEqual({
      kind: "delivery",
      caller: { from: "pod", app: "sleep" },
      url: "http://httpbin:8080/headers",
      arrivals: [
        { app: "httpbin", version: "v1", container, times: 1 },
        { app: "httpbin", version: "v2", container, times: copies },
      ],
    });
  });
});
