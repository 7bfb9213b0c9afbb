import { describe, expect, it } from "vitest";
import { isListenAddress } from "../../components/config-address.ts";
import { checkConfig } from "../../components/config.ts";
import { officialSupply } from "../../components/supply.ts";

describe("a listen address", () => {
  it.each(["127.0.0.1", "0.0.0.0", "192.0.2.7", "10.1.2.3", "::", "::1", "fd00::1", "2001:db8::1"])(
    "can be %s",
    (address) => {
      expect(isListenAddress(address)).toBe(true);
    },
  );

  it.each([
    ["no IP address", "localhost"],
    ["no IP address", "127.0.0.256"],
    ["empty", ""],
    ["link-local", "169.254.1.1"],
    ["link-local", "fe80::1"],
    ["link-local", "febf::1"],
    ["link-local, with its interface", "fe80::1%lo"],
    ["multicast", "224.0.0.1"],
    ["multicast", "239.255.255.250"],
    ["multicast", "ff02::1"],
    ["multicast, written as IPv6", "::ffff:224.0.0.1"],
    ["broadcast", "255.255.255.255"],
  ])("can't be %s: %s", (_, address) => {
    expect(isListenAddress(address)).toBe(false);
  });

  it("that is refused says what is accepted", () => {
    const context = {
      stack: "dev",
      scenarios: [{ id: "statefulset-ingress", steps: [{ id: "tls-assets" }] }],
      supply: officialSupply,
    };
    expect(checkConfig({ listenAddress: "fe80::1" }, context).faults).toEqual([
      {
        problem: 'listenAddress: given "fe80::1"',
        accepted:
          "an IP address of this machine: 127.0.0.1, or 0.0.0.0 for all of them; none that is link-local, multicast or broadcast",
        fix: "pulumi config set istio-lab:listenAddress 127.0.0.1",
      },
    ]);
  });
});
