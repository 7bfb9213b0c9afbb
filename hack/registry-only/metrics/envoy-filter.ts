import type { KubernetesObject } from "../../../components/kubernetes-manifest.ts";

/** Which of a proxy's listeners a patch is for. */
export type Context = "GATEWAY" | "SIDECAR_INBOUND" | "SIDECAR_OUTBOUND";

/** One entry of an EnvoyFilter's `configPatches`. */
export type ConfigPatch = Readonly<Record<string, unknown>>;

/** Envoy's name of the network filter that speaks HTTP; HTTP filters and access loggers hang on it. */
export const httpConnectionManager = "envoy.filters.network.http_connection_manager";
/** Envoy's name of the network filter that passes bytes on, for whatever is not HTTP. */
export const tcpProxy = "envoy.filters.network.tcp_proxy";

/**
 * An EnvoyFilter for every proxy of the mesh.
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/
 */
export function envoyFilter(name: string, patches: readonly ConfigPatch[]): KubernetesObject {
  return {
    apiVersion: "networking.istio.io/v1alpha3",
    kind: "EnvoyFilter",
    metadata: { name, namespace: "istio-system" },
    // A priority of its own: istioctl analyze warns of a place relative to others without one.
    spec: { priority: 10, configPatches: patches },
  };
}

/** A typed configuration, as Envoy's extensions take it. */
export function typed(type: string, fields: object): Readonly<Record<string, unknown>> {
  return { "@type": `type.googleapis.com/${type}`, ...fields };
}
