import type { HelmValues } from "../../components/mesh/helm-values.ts";
import type { IstioRelease } from "../render/istio-by-helm.ts";

/** Values that istioctl takes for the whole mesh; the istiod chart's others are istiod's own and go below `pilot`. */
const meshWide = new Set(["meshConfig", "global", "telemetry", "sidecarInjectorWebhook"]);

/**
 * What a person gives to `istioctl install -f` for the control plane and the gateway that the lab's Helm releases
 * make: the same values in the places where istioctl looks for them.
 * @see https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/
 */
export function istioOperator(
  releases: readonly IstioRelease[],
  images: { readonly hub: string; readonly tag: string },
): object {
  const valuesOf = (chart: IstioRelease["chart"]): HelmValues =>
    releases.find((release) => release.chart === chart)?.values ?? {};
  const istiod = Object.entries(valuesOf("istiod"));
  return {
    apiVersion: "install.istio.io/v1alpha1",
    kind: "IstioOperator",
    spec: {
      profile: "default",
      hub: images.hub,
      tag: images.tag,
      values: {
        ...Object.fromEntries(istiod.filter(([key]) => meshWide.has(key))),
        pilot: Object.fromEntries(istiod.filter(([key]) => !meshWide.has(key))),
        gateways: { "istio-ingressgateway": gatewayValues(valuesOf("gateway")) },
      },
    },
  };
}

/** The older gateway chart, which istioctl uses, has the same settings at other places. */
function gatewayValues(values: HelmValues): HelmValues {
  const { autoscaling, service, resources, podAnnotations } = values as {
    readonly autoscaling?: { readonly enabled?: boolean };
    readonly service?: { readonly type?: string; readonly ports?: readonly object[] };
    readonly resources?: object;
    readonly podAnnotations?: object;
  };
  return {
    autoscaleEnabled: autoscaling?.enabled ?? true,
    type: service?.type ?? "LoadBalancer",
    ports: service?.ports ?? [],
    resources: resources ?? {},
    podAnnotations: podAnnotations ?? {},
  };
}
