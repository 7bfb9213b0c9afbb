/** Hosts of the outside world that scenarios call. With `externalBackend: stub` pods of the lab play them. */
export const externalHosts = ["httpbin.org", "www.google.com"] as const;

/** One of {@link externalHosts}. */
export type ExternalHostName = (typeof externalHosts)[number];

/** Namespace of the pods that play the outside world: not injected, and its Services are unknown to the mesh. */
export const externalNamespace = "external";

/** Name of the Service that plays a host: `httpbin-org` for `httpbin.org`. */
export function serviceNameOf(host: string): string {
  return host.replaceAll(".", "-");
}

/** What a host's name leads to in the cluster's DNS: `httpbin-org.external.svc.cluster.local`. */
export function serviceHostOf(host: string): string {
  return `${serviceNameOf(host)}.${externalNamespace}.svc.cluster.local`;
}
