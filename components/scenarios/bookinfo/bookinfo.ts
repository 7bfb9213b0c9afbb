import { applyObjects, readManifest, type KubernetesObject } from "../../kubernetes-manifest.ts";
import type { ImageRole } from "../../versions.ts";
import { MeshClient } from "../../workloads/mesh-client.ts";
import type { Lab, ScenarioOutputs } from "../scenario.ts";

/** Images of Bookinfo's pods, and of the client beside them. */
export const bookinfoImages: readonly ImageRole[] = [
  "productpage",
  "details",
  "ratings",
  "reviews1",
  "reviews2",
  "reviews3",
  "client",
];

/** One state of a service's VirtualService: a file of `manifests/bookinfo/routes`. */
export type BookinfoRoute =
  | "details-v1"
  | "productpage-v1"
  | "ratings-delay-2s"
  | "ratings-jason-abort-500"
  | "ratings-jason-delay-7s"
  | "ratings-v1"
  | "reviews-jason-v2"
  | "reviews-v1"
  | "reviews-v1-v3-half"
  | "reviews-v2"
  | "reviews-v2-timeout-500ms"
  | "reviews-v3";

/** What a step has of Bookinfo besides its workloads. */
export interface Bookinfo {
  /** The gateway leads to the product page. @default true */
  readonly gateway?: boolean;
  /** Each version has a name that a route can use. @default true */
  readonly subsets?: boolean;
  /** One VirtualService a service. @default none: all versions take turns */
  readonly routes?: readonly BookinfoRoute[];
}

/**
 * Istio's Bookinfo: `productpage` asks `details` and `reviews`, whose versions 2 and 3 ask `ratings`. Every step of its
 * scenarios is this with other routes, so a move between them restarts nothing.
 *
 * The scenarios after `bookinfo-deploy` begin with its step `destination-rules` without that step's Prometheus and
 * Kiali: none of their rows needs either of them, and a switch would wait for both to start. Config's `addons` adds them
 * to any step.
 * @see https://istio.io/latest/docs/examples/bookinfo/
 */
export function createBookinfo(
  lab: Lab,
  { gateway = true, subsets = true, routes = [] }: Bookinfo,
): ScenarioOutputs {
  const { supply, meshOpts } = lab;
  const objects = (file: string): KubernetesObject[] =>
    readManifest(`bookinfo/${file}.yaml`, supply);
  new MeshClient("sleep", { supply }, meshOpts);
  applyObjects(objects("app"), meshOpts);
  if (gateway) applyObjects(objects("gateway"), meshOpts);
  const rules = subsets ? applyObjects(objects("destination-rules"), meshOpts) : [];
  // A route to a subset that is not there is answered with 503: subsets come first, and go last.
  const routeOpts = { ...meshOpts, dependsOn: meshOpts.dependsOn.concat(rules) };
  for (const route of routes) applyObjects(objects(`routes/${route}`), routeOpts);
  return { hosts: gateway ? [bookinfoHost] : [], scheme: "http" };
}

/** The gateway takes any host; this is the one its rows ask for. */
export const bookinfoHost = "localhost";
