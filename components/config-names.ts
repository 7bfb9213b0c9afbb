// One label of a DNS name, and a DNS name, as the API server and kind take them.
const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const dnsName = `${label}(\\.${label})*`;

/** A DNS name in lower case of at most that many characters. */
export function dnsPattern(maxLength: number): RegExp {
  return new RegExp(`^(?=.{1,${maxLength}}$)${dnsName}$`);
}

/**
 * Whether clients and Istio take the names below a domain for host names: a host whose last label is a number is an IP
 * address's (`httpbin-0.lab.1`).
 * @see https://url.spec.whatwg.org/#ends-in-a-number-checker
 */
export function holdsHosts(domain: string): boolean {
  const host = `a.${domain}`;
  return URL.canParse(`https://${host}`) && new URL(`https://${host}`).hostname === host;
}

// As the engine and containerd read images: https://github.com/distribution/reference/blob/main/regexp.go
const component = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
const port = "(:([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]))?";

/** A registry's host with optional port and path; an image's own name finds room after it. */
export const registryPattern = new RegExp(`^(?=.{1,200}$)${dnsName}${port}(/${component})*$`);

/** An image: optional registry, name, optional tag, optional digest. */
export const imagePattern = new RegExp(
  `^(?=[^@]{1,255}(@|$))(${dnsName}${port}/)?${component}(/${component})*(:\\w[\\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$`,
);
