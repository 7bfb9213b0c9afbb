import { beforeEach, describe, expect, it } from "vitest";
import type { Cluster } from "../../../components/cluster/cluster.ts";
import { reachGateway } from "../../../components/mesh/gateway-address.ts";
import { fakeCluster, labConfig } from "../../support/lab.ts";
import { drain, find, record, valueOf, type Registration } from "../../support/mocks.ts";
import * as pulumi from "@pulumi/pulumi";

let registered: Registration[];
let cluster: Cluster;

beforeEach(async () => {
  registered = await record({ stdout: { "gateway-address": "203.0.113.7" } });
  cluster = fakeCluster();
});

describe("reachGateway", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["192.0.2.4", "192.0.2.4"],
    ["0.0.0.0", "127.0.0.1"],
  ])("on kind that listens on %s it is %s with the published ports", async (given, address) => {
    const config = labConfig({ listenAddress: given, httpPort: "8080", httpsPort: "8443" });
    expect(reachGateway(config, cluster, {})).toEqual({ address, httpPort: 8080, httpsPort: 8443 });
    await drain();
    expect(registered.filter(({ type }) => type === "command:local:Command")).toEqual([]);
  });

  it.each([
    ["LoadBalancer", 80, 443],
    ["NodePort", 31380, 31390],
  ])("on an existing cluster a %s is asked for", async (gatewayServiceType, http, https) => {
    const config = labConfig({ cluster: "existing", kubeContext: "prod", gatewayServiceType });
    const gateway = reachGateway(config, cluster, { dependsOn: [cluster.provider] });
    await drain();
    expect([gateway.httpPort, gateway.httpsPort]).toEqual([http, https]);
    expect(await valueOf(pulumi.output(gateway.address))).toBe("203.0.113.7");
    const asked = find(registered, "gateway-address");
    expect(asked).toMatchObject({ type: "command:local:Command", waitsFor: ["kubernetes"] });
    expect(asked.inputs).toEqual({
      create: asked.inputs["update"],
      update: asked.inputs["update"],
      environment: {
        KUBECONFIG: "/lab/.lab/dev/kubeconfig",
        CONTEXT: "kind-istio",
        TYPE: gatewayServiceType,
      },
      logging: "stderr",
    });
  });
});
