/** Type of a VirtualService. */
export const route = "kubernetes:networking.istio.io/v1:VirtualService";

/** What every step of helloworld-next has. */
export const base: readonly string[] = [
  "istio-lab:mesh:NamespaceInjection default",
  "kubernetes:core/v1:NamespacePatch default",
  "kubernetes:core/v1:Service default/helloworld",
  "kubernetes:core/v1:ServiceAccount default/helloworld",
  "kubernetes:networking.istio.io/v1:Gateway istio-system/ingressgateway",
  `${route} default/helloworld`,
];

/** Its application where there is one version of it. */
export const one = "kubernetes:apps/v1:Deployment default/helloworld";
