import type { Caller } from "./caller.ts";
import type { JsonMatch } from "./matchers.ts";

/**
 * A question to the Kubernetes API, answered with `kubectl get -o json`. With `name` the document is the object,
 * without it a list: paths then begin with `items`. The values of a Secret read "hidden"; its keys are there.
 */
export interface ObjectCheck {
  readonly kind: "object";
  /** As kubectl takes it: "statefulset", "gateways.networking.istio.io". */
  readonly resource: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly selector?: string;
  /** No such object; the kind itself must be known to the cluster. @default false */
  readonly absent?: boolean;
  readonly expect?: readonly JsonMatch[];
}

/**
 * DNS A records of `name` as `caller` resolves them: exactly the IPs of the Ready pods that `podSelector` matches,
 * of which there must be one at least. Write `name` in full: not every image's resolver knows search domains.
 */
export interface DnsCheck {
  readonly kind: "dns";
  readonly caller: Caller;
  readonly name: string;
  readonly podSelector: string;
  /** @default "default" */
  readonly namespace?: string;
}
