import { describe, expect, it } from "vitest";
import { poolOf } from "../../../components/addons/metal-lb-pool.ts";

describe("poolOf", () => {
  it.each([
    ["172.18.0.0/16", "172.18.100.0/30"],
    ["172.18.64.0/18", "172.18.100.0/30"],
    ["172.18.96.0/21", "172.18.100.0/30"],
    ["10.0.0.0/8", "10.0.100.0/30"],
  ])("of %s is %s, so that the first address ends in .100.0", (subnet, pool) => {
    expect(poolOf([subnet])).toBe(pool);
  });

  it.each([
    ["192.168.5.0/24", "192.168.5.252-192.168.5.254"],
    ["172.18.0.0/19", "172.18.31.252-172.18.31.254"],
    ["172.18.128.0/17", "172.18.255.252-172.18.255.254"],
    ["10.89.3.16/28", "10.89.3.28-10.89.3.30"],
  ])(
    "of %s, which lacks .100.0, is its last /30 but for the broadcast address: %s",
    (subnet, pool) => {
      expect(poolOf([subnet])).toBe(pool);
    },
  );

  it("does not take the addresses that the engine gives to the first nodes", () => {
    expect(poolOf(["172.18.100.0/22"])).toBe("172.18.103.252-172.18.103.254");
  });

  it("is of the IPv4 subnet of a network with both", () => {
    expect(poolOf(["fc00:f853:ccd:e793::/64", "172.18.0.0/16"])).toBe("172.18.100.0/30");
  });

  it.each([
    [["fc00:f853:ccd:e793::/64"], "no IPv4 addresses"],
    [[], "no IPv4 addresses"],
    [["172.18.0.0/29"], "172.18.0.0/29, too few addresses"],
  ])("refuses a network with %j", (subnets, fault) => {
    expect(() => poolOf(subnets)).toThrow(
      `metallb: the container network "kind" has ${fault}; accepted: an IPv4 subnet of /28 or larger. ` +
        "Remove the network (docker network rm kind) when no cluster uses it, the lab makes it anew; " +
        "or: pulumi config set istio-lab:metallb false",
    );
  });
});
