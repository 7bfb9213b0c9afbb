import type { KeptObject, KeptPod, StepObjects } from "../step-objects.ts";
import type { Destination, ServiceSpec, SpecOf, WorkloadSpec } from "./specs.ts";

/** A Deployment, StatefulSet or DaemonSet, or a host outside the cluster. */
export interface Place {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Whether its pods have a sidecar; "outside" for a host that is not in the cluster. */
  readonly sidecar: "with" | "without" | "partly" | "no pods" | "outside";
}

type Labels = Readonly<Record<string, string>>;

const workloadKinds = ["Deployment", "StatefulSet", "DaemonSet"] as const;

/**
 * Objects of a kind, with their spec.
 * @param group what their apiVersion begins with, for a kind that two groups have
 */
export function ofKind<K extends keyof SpecOf>(
  { objects }: StepObjects,
  kind: K,
  group = "",
): readonly (KeptObject & { readonly spec: SpecOf[K] })[] {
  return objects
    .filter((one) => one.kind === kind && one.apiVersion.startsWith(group))
    .map((one) => ({ ...one, spec: one.spec ?? {} }));
}

/** The workloads of a step, then the hosts outside that its ServiceEntries name. */
export function placesOf(step: StepObjects): readonly Place[] {
  const workloads = workloadsOf(step).map((workload) => ({
    id: idOf(workload),
    title: workload.name,
    lines: linesOf(step, workload),
    sidecar: sidecarOf(podsOf(step, workload)),
  }));
  const outside = ofKind(step, "ServiceEntry")
    .filter(({ spec }) => spec.location !== "MESH_INTERNAL")
    .flatMap(({ spec, name }) =>
      (spec.hosts ?? []).map((host) => ({
        id: `host ${host}`,
        title: host,
        lines: [
          `ServiceEntry ${name}`,
          [
            ...(spec.ports ?? []).map((port) => `${port.protocol ?? "TCP"} ${port.number ?? ""}`),
            spec.resolution ?? "",
          ]
            .filter(Boolean)
            .join(", "),
        ],
        sidecar: "outside" as const,
      })),
    );
  return [...workloads, ...outside];
}

/**
 * Ids of the places a route leads to.
 * @param namespace of the object that names the destination: a short host is a Service there
 */
export function destinationsOf(
  step: StepObjects,
  { host = "", subset }: Destination,
  namespace: string,
): readonly string[] {
  const service = serviceOf(step, host, namespace);
  if (service === undefined) {
    return placesOf(step)
      .filter(({ id }) => id === `host ${host}`)
      .map(({ id }) => id);
  }
  const labels = { ...service.spec.selector, ...subsetLabels(step, host, subset, namespace) };
  return workloadsOf(step)
    .filter((one) => one.namespace === service.namespace && includes(labelsOf(one), labels))
    .map(idOf);
}

type Workload = KeptObject & { readonly spec: WorkloadSpec };

function workloadsOf(step: StepObjects): readonly Workload[] {
  return workloadKinds.flatMap((kind) => ofKind(step, kind, "apps/"));
}

function idOf({ kind, namespace = "", name }: KeptObject): string {
  return `${kind} ${namespace}/${name}`;
}

function labelsOf({ spec }: Workload): Labels {
  return spec.template?.metadata?.labels ?? {};
}

function includes(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function podsOf({ pods }: StepObjects, workload: Workload): readonly KeptPod[] {
  const labels = labelsOf(workload);
  if (Object.keys(labels).length === 0) return [];
  return pods.filter((pod) => pod.namespace === workload.namespace && includes(pod.labels, labels));
}

function sidecarOf(pods: readonly KeptPod[]): Place["sidecar"] {
  if (pods.length === 0) return "no pods";
  const count = pods.filter(({ sidecar }) => sidecar).length;
  if (count === 0) return "without";
  return count === pods.length ? "with" : "partly";
}

function linesOf(step: StepObjects, workload: Workload): readonly string[] {
  const { kind, namespace = "", spec } = workload;
  const pods = podsOf(step, workload);
  const ready = pods.filter((pod) => pod.ready).length;
  const services = ofKind(step, "Service")
    .filter((one) => one.namespace === namespace && one.spec.selector !== undefined)
    .filter((one) => includes(labelsOf(workload), one.spec.selector ?? {}))
    .map((one) => `${one.name}:${(one.spec.ports ?? []).map(({ port }) => port).join(",")}`);
  const account = spec.template?.spec?.serviceAccountName ?? "default";
  return [
    `${kind} in ${namespace}, ${ready} of ${spec.replicas ?? pods.length} ready`,
    ...(services.length > 0 ? [`Service ${services.join(", ")}`] : []),
    `identity ${namespace}/${account}`,
  ];
}

/** The Service a host names: `reviews`, `reviews.ns`, or in full; before it the name of one pod may stand. */
function serviceOf(
  step: StepObjects,
  host: string,
  namespace: string,
): (KeptObject & { readonly spec: ServiceSpec }) | undefined {
  const services = ofKind(step, "Service");
  const parts = host.replace(/\.svc(\.cluster\.local)?$/, "").split(".");
  const named = (name = "", at = namespace): (typeof services)[number] | undefined =>
    services.find((one) => one.name === name && one.namespace === at);
  if (parts.length === 3) return named(parts[1], parts[2]);
  return named(parts[0], parts[1]);
}

function subsetLabels(
  step: StepObjects,
  host: string,
  subset: string | undefined,
  namespace: string,
): Labels {
  if (subset === undefined) return {};
  const service = serviceOf(step, host, namespace);
  return (
    ofKind(step, "DestinationRule")
      .filter((rule) => {
        const target = serviceOf(step, rule.spec.host ?? "", rule.namespace ?? "");
        return (
          target !== undefined &&
          target.name === service?.name &&
          target.namespace === service.namespace
        );
      })
      .flatMap(({ spec }) => spec.subsets ?? [])
      .find(({ name }) => name === subset)?.labels ?? { "": subset }
  );
}
