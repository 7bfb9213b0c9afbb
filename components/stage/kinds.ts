/** Label of every object of the stage; its value is the name of the stack. */
export const stageLabel = "istio-lab/stage";

/**
 * Every kind a scenario may use, as kubectl takes it: what is not in this list would be left behind by a move. With its
 * version, or kubectl takes the first word of a group for one, does not find it, and asks the API for all groups anew.
 */
export const kinds: readonly string[] = [
  "namespaces",
  "serviceaccounts",
  "configmaps",
  "secrets",
  "services",
  "persistentvolumeclaims",
  "deployments.v1.apps",
  "statefulsets.v1.apps",
  "daemonsets.v1.apps",
  "jobs.v1.batch",
  "horizontalpodautoscalers.v2.autoscaling",
  "ingresses.v1.networking.k8s.io",
  "ingressclasses.v1.networking.k8s.io",
  "networkpolicies.v1.networking.k8s.io",
  "roles.v1.rbac.authorization.k8s.io",
  "rolebindings.v1.rbac.authorization.k8s.io",
  "clusterroles.v1.rbac.authorization.k8s.io",
  "clusterrolebindings.v1.rbac.authorization.k8s.io",
  "gateways.v1.networking.istio.io",
  "virtualservices.v1.networking.istio.io",
  "destinationrules.v1.networking.istio.io",
  "serviceentries.v1.networking.istio.io",
  "workloadentries.v1.networking.istio.io",
  "sidecars.v1.networking.istio.io",
  "envoyfilters.v1alpha3.networking.istio.io",
  "peerauthentications.v1.security.istio.io",
  "requestauthentications.v1.security.istio.io",
  "authorizationpolicies.v1.security.istio.io",
  "telemetries.v1.telemetry.istio.io",
];
