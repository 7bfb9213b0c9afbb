import { BlockList } from "node:net";
import { RunError } from "@pulumi/pulumi/errors.js";

/** Addresses of the pool. */
const size = 4;

/**
 * The addresses that load balancers get, as an IPAddressPool takes them: `x.y.100.0/30` of the network, so that the
 * first one is always `x.y.100.0`. Where that lies outside of the network, or where the engine starts to give addresses
 * to containers, the last /30 of the network without its broadcast address.
 * @param subnets of a network, such as `["fc00:f853:ccd:e793::/64", "172.18.0.0/16"]`; the first IPv4 one counts
 * @throws RunError when there is none, or one with less than 16 addresses
 */
export function poolOf(subnets: readonly string[]): string {
  const subnet = subnets.find((candidate) => candidate.includes("."));
  const [network = "", bits = ""] = subnet?.split("/") ?? [];
  const prefix = Number(bits);
  if (subnet === undefined || prefix > 28) {
    throw new RunError(
      `metallb: the container network "kind" has ${subnet === undefined ? "no IPv4 addresses" : `${subnet}, too few addresses`}; ` +
        "accepted: an IPv4 subnet of /28 or larger. Remove the network (docker network rm kind) when no cluster " +
        "uses it, the lab makes it anew; or: pulumi config set istio-lab:metallb false",
    );
  }
  const [a = "", b = ""] = network.split(".");
  const usual = `${a}.${b}.100.0`;
  const inside = new BlockList();
  inside.addSubnet(network, prefix);
  if (inside.check(usual) && toNumber(network) !== toNumber(usual)) return `${usual}/30`;
  const last = toNumber(network) + 2 ** (32 - prefix) - 1;
  return `${toAddress(last + 1 - size)}-${toAddress(last - 1)}`;
}

function toNumber(address: string): number {
  return address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
