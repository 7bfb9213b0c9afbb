import { describe, expect, it } from "vitest";
import { egress } from "../../../components/scenarios/egress.ts";
import { buildStep, deployStep } from "../../support/build-step.ts";
import { find, listed } from "../../support/mocks.ts";

const istio = "kubernetes:networking.istio.io/v1";

/** What of the step leads out of the mesh, or shuts the way. */
async function routes(step: string, raw = {}): Promise<string[]> {
  return listed(await buildStep("egress", step, raw)).filter((one) => one.startsWith(istio));
}

describe("egress", () => {
  it("opens one way after the other", async () => {
    expect(egress.steps.map(({ id }) => id)).toEqual(["blocked", "allow-http", "allow-https"]);
    const sidecar = `${istio}:Sidecar default/default`;
    const http = `${istio}:ServiceEntry default/httpbin-ext`;
    const https = [
      `${istio}:ServiceEntry default/google`,
      `${istio}:VirtualService default/google`,
    ];
    expect(await routes("blocked")).toEqual([sidecar]);
    expect(await routes("allow-http")).toEqual([http, sidecar]);
    expect(await routes("allow-https")).toEqual([...https, http, sidecar].sort());
  });

  it("has the hosts, ports and protocols of the specification", async () => {
    const registered = await buildStep("egress", "allow-https");
    const specOf = (name: string, kind: string): unknown =>
      find(registered, `default/${name}`, `${istio}:${kind}`).inputs["spec"];
    expect(specOf("default", "Sidecar")).toEqual({
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
    });
    const entry = { location: "MESH_EXTERNAL", resolution: "DNS" };
    expect(specOf("httpbin-ext", "ServiceEntry")).toEqual({
      ...entry,
      hosts: ["httpbin.org"],
      ports: [{ number: 80, name: "http", protocol: "HTTP" }],
    });
    expect(specOf("google", "ServiceEntry")).toEqual({
      ...entry,
      hosts: ["www.google.com"],
      ports: [{ number: 443, name: "https", protocol: "HTTPS" }],
    });
    expect(specOf("google", "VirtualService")).toEqual({
      hosts: ["www.google.com"],
      tls: [
        {
          match: [{ port: 443, sniHosts: ["www.google.com"] }],
          route: [{ destination: { host: "www.google.com", port: { number: 443 } }, weight: 100 }],
        },
      ],
    });
  });

  it("asks for an address only when there is one", async () => {
    const registered = await buildStep("egress", "allow-https");
    for (const name of ["default/httpbin-ext", "default/google"]) {
      const { waitsFor } = find(registered, name, `${istio}:ServiceEntry`);
      expect(waitsFor).toEqual(expect.arrayContaining(["external/httpbin-org"]));
      expect(waitsFor).toEqual(expect.arrayContaining(["external/www-google-com"]));
    }
  });

  it("is the same towards the internet, but for what plays the outside world", async () => {
    const raw = { externalBackend: "internet" };
    for (const { id } of egress.steps) {
      const stub = await deployStep("egress", id);
      const internet = await deployStep("egress", id, raw);
      expect(await routes(id, raw)).toEqual(await routes(id));
      expect(egress.proof(internet.outputs, id)).toEqual(egress.proof(stub.outputs, id));
      expect(
        listed(internet.registered).filter((one) => /external|tls:|trusted/.test(one)),
      ).toEqual([]);
      expect([stub.outputs.caCertPath, internet.outputs.caCertPath]).toEqual([
        "/lab/.lab/dev/ca.crt",
        undefined,
      ]);
    }
  });

  it("expects what the specification does, step by step", async () => {
    const expected = async (step: string): Promise<unknown[]> => {
      const { outputs } = await deployStep("egress", step);
      return egress.proof(outputs, step).flatMap(({ check, negative = false }) => {
        if (check.kind === "log") return [check.contains];
        if (check.kind !== "http") return [];
        const { status, exit } = check.expect;
        return [
          `${check.url} ${negative ? "never but " : ""}${status?.join() ?? `x${exit?.join()}`}`,
        ];
      });
    };
    const httpbin = "http://httpbin.org/headers";
    const google = "https://www.google.com";
    expect(await expected("blocked")).toEqual([
      `${httpbin} 200`,
      `${httpbin} never but 502`,
      `${google} never but x35`,
      "block_all",
      "BlackHoleCluster",
    ]);
    expect(await expected("allow-http")).toEqual([
      `${httpbin} 200`,
      `${google} never but x35`,
      "https://httpbin.org/headers never but x35",
      "outbound|80||httpbin.org",
    ]);
    expect(await expected("allow-https")).toEqual([
      `${httpbin} 200`,
      `${google} 200`,
      `${google} never but x60`,
      "https://httpbin.org/headers never but x35",
      "http://www.google.com/ never but 502",
      "outbound|443||www.google.com",
    ]);
  });
});
