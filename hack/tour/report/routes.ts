import type { StepObjects } from "../step-objects.ts";
import type { Destination, GatewaySpec, HttpMatch, RouteRule, StringMatch } from "./specs.ts";
import { destinationsOf, ofKind } from "./topology.ts";

/** Where traffic comes in: a Gateway, or the sidecars of callers in the mesh. */
export interface Entrance {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** One destination of a rule. */
export interface Target {
  readonly label: string;
  /** Percent; absent where all of it goes there. */
  readonly weight?: number;
  /** A copy of the request goes there, and its answer is thrown away. */
  readonly mirror: boolean;
  /** Ids of places. */
  readonly to: readonly string[];
}

/** One rule of a route: what it meets, what is done to it, where it goes. */
export interface Rule {
  readonly match: string;
  /** Faults, time-outs, retries, redirects. */
  readonly effects: readonly string[];
  readonly targets: readonly Target[];
}

/** A VirtualService or an Ingress. */
export interface Route {
  readonly id: string;
  readonly title: string;
  readonly hosts: string;
  /** Ids of entrances. */
  readonly from: readonly string[];
  readonly rules: readonly Rule[];
}

/** What stands for calls from pod to pod. */
export const meshEntrance: Entrance = {
  id: "mesh",
  title: "inside the mesh",
  lines: ["sidecar of the caller"],
};

/** The gateways of a step; `mesh` among them where a route is for calls inside it. */
export function entrancesOf(step: StepObjects): readonly Entrance[] {
  const gateways = ofKind(step, "Gateway", "networking.istio.io/").map(
    ({ name, namespace = "", spec }) => ({
      id: `${namespace}/${name}`,
      title: `Gateway ${name}`,
      lines: [`in ${namespace}`, ...serverLines(spec)],
    }),
  );
  const classes = ofKind(step, "Ingress");
  const ingress = classes.length > 0 ? [ingressEntrance] : [];
  const inMesh = routesOf(step).some(({ from }) => from.includes(meshEntrance.id));
  return [...gateways, ...ingress, ...(inMesh ? [meshEntrance] : [])];
}

function serverLines({ servers = [] }: GatewaySpec): readonly string[] {
  return servers.flatMap(({ port, hosts = [], tls }) => {
    const how = [tls?.mode, tls?.httpsRedirect ? "redirects to HTTPS" : undefined];
    const words = [port?.number ?? "", port?.protocol, ...how].filter(Boolean);
    const secret = tls?.credentialName === undefined ? [] : [`Secret ${tls.credentialName}`];
    return [words.join(" "), ...hosts.map((host) => `for ${host}`), ...secret];
  });
}

const ingressEntrance: Entrance = {
  id: "ingress controller",
  title: "ingress controller",
  lines: ["port 80 of the gateway"],
};

/** The routes of a step. */
export function routesOf(step: StepObjects): readonly Route[] {
  const virtual = ofKind(step, "VirtualService").map(({ name, namespace = "", spec }) => ({
    id: `VirtualService ${namespace}/${name}`,
    title: `VirtualService ${name}`,
    hosts: (spec.hosts ?? []).join(", "),
    from: (spec.gateways ?? ["mesh"]).map((one) =>
      one === "mesh" || one.includes("/") ? one : `${namespace}/${one}`,
    ),
    rules: [...(spec.http ?? []), ...(spec.tls ?? []), ...(spec.tcp ?? [])].map((rule) =>
      ruleOf(step, rule, namespace),
    ),
  }));
  const ingresses = ofKind(step, "Ingress").map(({ name, namespace = "", spec }) => ({
    id: `Ingress ${namespace}/${name}`,
    title: `Ingress ${name}`,
    hosts: `class ${spec.ingressClassName ?? "none"}`,
    from: [ingressEntrance.id],
    rules: (spec.rules ?? []).flatMap(({ host = "any host", http }) =>
      (http?.paths ?? []).map(({ path = "/", backend }) => {
        const service = backend?.service?.name ?? "";
        const to = destinationsOf(step, { host: service }, namespace);
        return {
          match: `${host}${path}`,
          effects: [],
          targets: [{ label: service, mirror: false, to }],
        };
      }),
    ),
  }));
  return [...virtual, ...ingresses];
}

function ruleOf(step: StepObjects, rule: RouteRule, namespace: string): Rule {
  const weighted = (rule.route ?? []).length > 1;
  const targets = (rule.route ?? []).map(({ destination = {}, weight }) => ({
    label: labelOf(destination),
    ...(weighted ? { weight: weight ?? 0 } : {}),
    mirror: false,
    to: destinationsOf(step, destination, namespace),
  }));
  const mirror = rule.mirror && {
    label: labelOf(rule.mirror),
    weight: rule.mirrorPercentage?.value ?? 100,
    mirror: true,
    to: destinationsOf(step, rule.mirror, namespace),
  };
  return {
    match: matchText(rule.match ?? []),
    effects: effectsOf(rule),
    targets: [...targets, ...(mirror ? [mirror] : [])],
  };
}

/** `reviews v2`; the Service's own name is enough for a reader. */
function labelOf({ host = "", subset, port }: Destination): string {
  const short = host.replace(/\.svc\.cluster\.local$/, "").replace(/\.default$/, "");
  return `${short}${port?.number === undefined ? "" : `:${port.number}`}${subset === undefined ? "" : ` ${subset}`}`;
}

function matchText(matches: readonly HttpMatch[]): string {
  if (matches.length === 0) return "everything";
  return matches.map(oneMatch).join(" or ");
}

function oneMatch({ uri, method, authority, headers = {}, port, sniHosts }: HttpMatch): string {
  const words = [
    ...(uri ? [stringMatch(uri)] : []),
    ...(method ? [`method ${stringMatch(method)}`] : []),
    ...(authority ? [`host ${stringMatch(authority)}`] : []),
    ...Object.entries(headers).map(([name, match]) => `${name}: ${stringMatch(match)}`),
    ...(sniHosts ? [`SNI ${sniHosts.join(", ")}`] : []),
    ...(port === undefined ? [] : [`port ${port}`]),
  ];
  return words.join(" and ");
}

function stringMatch({ exact, prefix, regex }: StringMatch): string {
  if (exact !== undefined) return exact;
  return prefix === undefined ? `/${regex ?? ""}/` : `${prefix}*`;
}

function effectsOf({ fault, timeout, retries, redirect, directResponse }: RouteRule): string[] {
  const percent = (part: { readonly percentage?: { readonly value?: number } }): string =>
    `${part.percentage?.value ?? 100} %`;
  return [
    ...(fault?.delay ? [`delay ${fault.delay.fixedDelay ?? ""} for ${percent(fault.delay)}`] : []),
    ...(fault?.abort ? [`abort ${fault.abort.httpStatus ?? ""} for ${percent(fault.abort)}`] : []),
    ...(timeout === undefined ? [] : [`time-out ${timeout}`]),
    ...(retries === undefined ? [] : [`retries ${retries.attempts ?? 0}`]),
    ...(redirect === undefined
      ? []
      : [`redirect to ${redirect.authority ?? ""}${redirect.uri ?? ""}`]),
    ...(directResponse === undefined ? [] : [`answers ${directResponse.status ?? ""} itself`]),
  ];
}
