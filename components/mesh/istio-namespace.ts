/** Namespace of istiod and of the gateways. */
export const istioNamespace = "istio-system";
