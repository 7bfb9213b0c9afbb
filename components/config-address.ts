import { BlockList, isIP } from "node:net";

/** What the kernel may listen on and no client reaches as an address, or only with the name of an interface. */
const noHostAddress = new BlockList();
noHostAddress.addSubnet("169.254.0.0", 16, "ipv4");
noHostAddress.addSubnet("224.0.0.0", 4, "ipv4");
noHostAddress.addAddress("255.255.255.255", "ipv4");
noHostAddress.addSubnet("fe80::", 10, "ipv6");
noHostAddress.addSubnet("ff00::", 8, "ipv6");

/**
 * Whether ports can be published on an address: an IP address that is neither link-local, multicast nor broadcast.
 * Whether this machine has it is asked later.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
export function isListenAddress(address: string): boolean {
  const version = isIP(address);
  // Behind a "%" stands the interface of a link-local address.
  if (version === 0 || address.includes("%")) return false;
  return !noHostAddress.check(address, version === 4 ? "ipv4" : "ipv6");
}
