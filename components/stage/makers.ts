/**
 * Types of the components that make objects of a stage. An object's identity in Pulumi holds the type of what made it,
 * but one scenario makes `default/httpbin` by a component and the next one from a manifest: see `sameObject`.
 */
export const makers: readonly string[] = [
  "istio-lab:addons:Grafana",
  "istio-lab:addons:Kiali",
  "istio-lab:addons:OauthProxy",
  "istio-lab:addons:Prometheus",
  "istio-lab:ingress:HostRoute",
  "istio-lab:ingress:IngressCredential",
  "istio-lab:ingress:SecureGateway",
  "istio-lab:workloads:ExternalHost",
  "istio-lab:workloads:MeshClient",
  "istio-lab:workloads:StatefulService",
];

/** Type of the component that everything on the stage is below. */
export const stageType = "istio-lab:scenarios:Stage";

/** Every identity that an object of the stage may have in Pulumi's state, whoever made it. */
export function identities(place: {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
}): string[] {
  return ["", ...makers.map((maker) => `${maker}$`)].map(
    (maker) =>
      `urn:pulumi:${place.stack}::${place.project}::${stageType}$${maker}${place.type}::${place.name}`,
  );
}
