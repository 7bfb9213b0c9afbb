import { gatewayPorts } from "../mesh/gateway-service-ports.ts";

/** What is looked at of a Gateway, VirtualService, DestinationRule or ServiceEntry. */
export interface Claimant {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** As Kubernetes has it; of a program's own object, values that are not known yet are outputs. */
  readonly spec: Spec | undefined;
}

interface Spec {
  readonly host?: unknown;
  readonly hosts?: unknown;
  readonly gateways?: unknown;
  readonly servers?: unknown;
  readonly selector?: unknown;
  readonly exportTo?: unknown;
}

/** Kinds that claim hosts; all of group networking.istio.io. */
export const claimingKinds: readonly string[] = [
  "Gateway",
  "VirtualService",
  "DestinationRule",
  "ServiceEntry",
];

/**
 * The hosts that an object claims, each with the place where it does. Two objects of one kind with the same claim get
 * in each other's way: Istio merges them in an order nobody chose, or uses one of them. What is not known yet claims
 * nothing. Hosts that only overlap, as `*` and one name do, are no matter: the more exact one is used.
 * @see https://istio.io/latest/docs/reference/config/analysis/ist0109/ (VirtualServices)
 * @see https://istio.io/latest/docs/reference/config/analysis/ist0145/ (Gateways)
 */
export function claimsOf({ kind, namespace, spec = {} }: Claimant): string[] {
  switch (kind) {
    case "Gateway":
      return serverClaims(spec);
    case "VirtualService":
      return routeClaims(spec, namespace);
    case "DestinationRule":
      // Clients look for rules in their own namespace first: elsewhere another rule for the host does no harm.
      return strings([spec.host]).map(
        (host) => `host "${qualified(host, namespace)}" in namespace ${namespace}`,
      );
    case "ServiceEntry":
      return strings(spec.hosts).map((host) => `host "${host}"`);
    default:
      return [];
  }
}

/** Whether what an object says is seen in a namespace: its `exportTo` may keep it from others. */
export function reaches({ namespace, spec }: Claimant, other: string): boolean {
  const to = spec?.exportTo === undefined ? ["*"] : strings(spec.exportTo);
  return [...to, ...(to.length === 0 ? ["*"] : [])].some(
    (place) => place === "*" || (place === "." ? namespace : place) === other,
  );
}

interface Server {
  readonly hosts?: unknown;
  readonly port?: { readonly number?: unknown };
}

function serverClaims({ servers, selector }: Spec): string[] {
  const pods = Object.entries((selector ?? {}) as Readonly<Record<string, unknown>>)
    .map(([label, value]) => `${label}=${String(value)}`)
    .sort();
  const where = pods.length === 0 ? "every gateway" : pods.join(",");
  const list = Array.isArray(servers) ? (servers as readonly Server[]) : [];
  return list.flatMap(({ hosts, port }) =>
    strings(hosts).map(
      // `namespace/host` limits whose routes the server takes.
      (host) =>
        `host "${host.split("/").at(-1) ?? host}" on port ${portOf(port?.number)} of ${where}`,
    ),
  );
}

/** By the Service's port: a server of 8080 and one of 80 are one listener, and both are reached at 80. */
function portOf(number: unknown): string {
  const { port } = gatewayPorts.find(({ targetPort }) => targetPort === number) ?? {};
  return String(port ?? number);
}

function routeClaims({ hosts, gateways }: Spec, namespace: string): string[] {
  const places = gateways === undefined ? ["mesh"] : strings(gateways);
  return strings(hosts).flatMap((host) =>
    places.map((gateway) => {
      const where = gateway === "mesh" ? "in the mesh" : `at gateway ${placed(gateway, namespace)}`;
      return `host "${qualified(host, namespace)}" ${where}`;
    }),
  );
}

/** A Gateway's name as `namespace/name`. */
function placed(gateway: string, namespace: string): string {
  return gateway.includes("/")
    ? gateway.replace(/^\.\//, `${namespace}/`)
    : `${namespace}/${gateway}`;
}

/** A short name is that of a Service beside the object. */
function qualified(host: string, namespace: string): string {
  return /[.*]/.test(host) ? host : `${host}.${namespace}.svc.cluster.local`;
}

/** Those of the values that are there; an output is not. */
function strings(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === "string") : [];
}
