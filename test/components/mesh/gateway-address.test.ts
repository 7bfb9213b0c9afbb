import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Cluster } from "../../../components/cluster/cluster.ts";
import { reachGateway, type GatewayAddress } from "../../../components/mesh/gateway-address.ts";
import { fakeMachine, type Ended, type FakeMachine } from "../../support/fake-machine.ts";
import { fakeCluster, labConfig } from "../../support/lab.ts";
import { drain, find, record, valueOf, type Registration } from "../../support/mocks.ts";

let registered: Registration[];
let cluster: Cluster;

beforeEach(async () => {
  registered = await record({ stdout: { "gateway-address": "203.0.113.7" } });
  cluster = fakeCluster();
});

async function addressOf({ loadBalancerAddress }: GatewayAddress): Promise<string | undefined> {
  return loadBalancerAddress && valueOf(loadBalancerAddress);
}

describe("reachGateway", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["192.0.2.4", "192.0.2.4"],
    ["0.0.0.0", "127.0.0.1"],
    ["::", "::1"],
    ["2001:db8::4", "2001:db8::4"],
  ])("on kind that listens on %s it is %s with the published ports", async (given, address) => {
    const config = labConfig({ listenAddress: given, httpPort: "8080", httpsPort: "8443" });
    expect(reachGateway(config, cluster, {})).toEqual({
      address,
      httpPort: 8080,
      httpsPort: 8443,
      statusPort: 15021,
    });
    await drain();
    expect(registered.filter(({ type }) => type === "command:local:Command")).toEqual([]);
  });

  it("on kind with a load balancer has that one's address besides the published ports", async () => {
    const raw = { gatewayServiceType: "LoadBalancer", metallb: "true", httpPort: "8080" };
    const gateway = reachGateway(labConfig(raw), cluster, { dependsOn: [cluster.provider] });
    await drain();
    expect(gateway).toMatchObject({ address: "127.0.0.1", httpPort: 8080, httpsPort: 443 });
    expect(await addressOf(gateway)).toBe("203.0.113.7");
    expect(find(registered, "gateway-address")).toMatchObject({
      inputs: { environment: { TYPE: "LoadBalancer" }, triggers: ["c0ffee"] },
      waitsFor: ["kubernetes"],
    });
  });

  it.each([
    ["LoadBalancer", "203.0.113.7"],
    ["NodePort", undefined],
  ])("on an existing cluster a %s has the load balancer's address %s", async (type, expected) => {
    const raw = { cluster: "existing", kubeContext: "prod", gatewayServiceType: type };
    const gateway = reachGateway(labConfig(raw), cluster, {});
    await drain();
    expect(await addressOf(gateway)).toBe(expected);
  });

  it.each([
    ["LoadBalancer", [80, 443, 15021]],
    ["NodePort", [31380, 31390, 31521]],
  ])("on an existing cluster a %s is asked for", async (gatewayServiceType, ports) => {
    const config = labConfig({ cluster: "existing", kubeContext: "prod", gatewayServiceType });
    const gateway = reachGateway(config, cluster, { dependsOn: [cluster.provider] });
    await drain();
    expect([gateway.httpPort, gateway.httpsPort, gateway.statusPort]).toEqual(ports);
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
      triggers: ["c0ffee"],
      logging: "stderr",
    });
  });
});

describe("the command that asks", () => {
  let machine: FakeMachine;

  beforeEach(() => {
    machine = fakeMachine();
    machine.command("sleep", "exit 0");
  });
  afterEach(() => {
    machine.remove();
  });

  async function ask(gatewayServiceType: string, kubectl: string): Promise<Ended> {
    const config = labConfig({ cluster: "existing", kubeContext: "prod", gatewayServiceType });
    reachGateway(config, cluster, {});
    await drain();
    const { create } = find(registered, "gateway-address").inputs as { create: string };
    const script = join(machine.folder, "ask.sh");
    writeFileSync(script, create);
    machine.command("kubectl", kubectl);
    return machine.run(script, { CONTEXT: "prod", TYPE: gatewayServiceType });
  }

  it("asks a node for its internal address where the gateway is a NodePort", async () => {
    const kubectl = 'case "$*" in "--context prod get nodes "*InternalIP*) printf 10.0.0.4 ;; esac';
    expect(await ask("NodePort", kubectl)).toEqual({ code: 0, stdout: "10.0.0.4", stderr: "" });
  });

  it("takes the first internal address of a node with two, without a line end", async () => {
    const two = "echo 10.0.0.4 fd00::4";
    expect(await ask("NodePort", two)).toEqual({ code: 0, stdout: "10.0.0.4", stderr: "" });
  });

  it("waits until the load balancer has an address", async () => {
    const count = join(machine.folder, "count");
    const kubectl = `echo >> "${count}"
[ "$(wc -l < "${count}")" -lt 3 ] || printf lb.example.org`;
    expect(await ask("LoadBalancer", kubectl)).toEqual({
      code: 0,
      stdout: "lb.example.org",
      stderr: "",
    });
  });

  it("says what to do when there never is one", async () => {
    const { code, stdout, stderr } = await ask("LoadBalancer", "exit 0");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/no external address.*pulumi config set gatewayServiceType NodePort\n$/);
  });

  it.each(["LoadBalancer", "NodePort"])(
    "fails at once when the cluster can't be asked: %s",
    async (gatewayServiceType) => {
      const { code, stderr } = await ask(gatewayServiceType, "echo refused >&2; exit 1");
      expect([code, stderr]).toEqual([1, "refused\n"]);
    },
  );
});
