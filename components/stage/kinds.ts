/** Label of every object of the stage; its value is the name of the stack. */
export const stageLabel = "istio-lab/stage";

/** Every kind a scenario may use, by its apiVersion: what is not in this list would be left behind by a move. */
export const stageKinds: Readonly<Record<string, readonly string[]>> = {
  v1: [
    ...["Namespace", "ServiceAccount", "ConfigMap", "Secret", "Service"],
    "PersistentVolumeClaim",
  ],
  "apps/v1": ["Deployment", "StatefulSet", "DaemonSet"],
  "batch/v1": ["Job"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "networking.k8s.io/v1": ["Ingress", "IngressClass", "NetworkPolicy"],
  "rbac.authorization.k8s.io/v1": ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"],
  "networking.istio.io/v1": [
    ...["Gateway", "VirtualService", "DestinationRule", "ServiceEntry", "WorkloadEntry", "Sidecar"],
  ],
  "networking.istio.io/v1alpha3": ["EnvoyFilter"],
  "security.istio.io/v1": ["PeerAuthentication", "RequestAuthentication", "AuthorizationPolicy"],
  "telemetry.istio.io/v1": ["Telemetry"],
};

/** Name of a kind in the API's paths: `VirtualService` is at `virtualservices`, `Ingress` at `ingresses`. */
export function resourceOf(kind: string): string {
  const word = kind.toLowerCase();
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return word.endsWith("s") ? `${word}es` : `${word}s`;
}

/**
 * {@link stageKinds} as kubectl takes them. With the version, or kubectl takes the first word of a group for one, does
 * not find it, and asks the API for all groups anew.
 */
export const kinds: readonly string[] = Object.entries(stageKinds).flatMap(([apiVersion, names]) =>
  names.map((kind) => {
    const [version, group] = apiVersion.split("/").reverse();
    return group === undefined
      ? resourceOf(kind)
      : `${resourceOf(kind)}.${String(version)}.${group}`;
  }),
);
