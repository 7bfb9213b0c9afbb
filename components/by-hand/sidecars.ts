import type { ObjectMetadata } from "./managed-fields.ts";

/** What is looked at of a workload to tell which pods are its own, and whether they get a sidecar. */
export interface WorkloadSpec {
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, unknown>> };
  readonly template?: {
    readonly metadata?: {
      readonly labels?: Readonly<Record<string, unknown>>;
      readonly annotations?: Readonly<Record<string, unknown>>;
    };
  };
}

const inject = "sidecar.istio.io/inject";

/**
 * Whether a workload's new pods get a sidecar: what the pod template says goes before what the namespace says.
 * @returns undefined for what has no pods, or whose pods can't be told
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy
 */
export function wantsSidecar(
  spec: WorkloadSpec | undefined,
  namespace: boolean,
): boolean | undefined {
  if (spec?.template === undefined || spec.selector?.matchLabels === undefined) return undefined;
  const { labels, annotations } = spec.template.metadata ?? {};
  const said = labels?.[inject] ?? annotations?.[inject];
  return said === undefined ? namespace : said === "true";
}

/** Whether one of a workload's pods has a sidecar and is to have none, or the other way round. */
export function hasWrongSidecar(
  { selector }: WorkloadSpec,
  namespace: string,
  wanted: boolean,
  pods: readonly ObjectMetadata[],
): boolean {
  const labels = Object.entries(selector?.matchLabels ?? {});
  return pods.some(
    (pod) =>
      pod.namespace === namespace &&
      labels.every(([label, value]) => pod.labels?.[label] === value) &&
      // What the injector did to a pod it notes there.
      "sidecar.istio.io/status" in (pod.annotations ?? {}) !== wanted,
  );
}
