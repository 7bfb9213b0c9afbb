/**
 * The vocabulary of a proof: plain data that says who calls, what is called and what must come back.
 * A scenario lists expectations; hack/proof runs them against the live network.
 */

import type { DeliveryCheck } from "./checks/delivery.ts";
import type { ExecCheck, PodPlace } from "./checks/exec.ts";
import type { IstioctlCheck } from "./checks/istioctl.ts";
import type { LoadCheck } from "./checks/load.ts";
import type { StageCheck } from "./checks/stage.ts";

/** Who makes a call. Whether a pod has a sidecar is a property of its workload, not of the call. */
export type Caller =
  /** curl on this machine, towards the lab's published ports. */
  | { readonly from: "host" }
  /** curl inside a Ready pod that carries the label `app: <app>`. */
  | {
      readonly from: "pod";
      readonly app: string;
      /** @default "default" */
      readonly namespace?: string;
      /** @default the value of `app` */
      readonly container?: string;
    }
  /** curl inside the kind node container: on the cluster's own network, outside the mesh. */
  | { readonly from: "kind-network" };

/** What a text must and must not contain. */
export interface TextMatch {
  readonly contains?: readonly string[];
  readonly lacks?: readonly string[];
}

/**
 * A value inside a JSON document; every matcher given must hold. With none but `path`, something must be there.
 *
 * `path` is dotted: `status.replicas`, `spec.ports[0].port`, `metadata.labels["app.kubernetes.io/name"]`,
 * `[*]` for every item of an array (or every value of an object), `conditions[type=Ready].status` for the items
 * with that value. The last two yield a flat array, so does all that follows them. "" is the whole document.
 */
export interface JsonMatch {
  readonly path: string;
  /** The same value, deeply. */
  readonly equals?: unknown;
  /** An array with at least one item, all of them this value. */
  readonly each?: unknown;
  /** A number (or its text) within inclusive bounds; an array has at least one item, and all of them are. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** An array holds exactly these values, in any order, each as often as here. */
  readonly sameItems?: readonly unknown[];
  /** An array holds at least these values. */
  readonly includes?: readonly unknown[];
  /** An array has so many items at least. */
  readonly itemsAtLeast?: number;
  /** The text of a string, number or boolean contains this; of an array, that of one of its items. */
  readonly contains?: string;
  /** A text that is JSON, in which all of these hold. */
  readonly json?: readonly JsonMatch[];
  /** The path leads nowhere, to null or to an empty array. */
  readonly absent?: boolean;
}

/**
 * What must come back from a call. Fields that are absent are not looked at; where curl's exit code is an
 * accepted one other than 0, no other field is. A call that could not be made (no such pod) matches nothing.
 */
export interface HttpOutcome {
  /** Accepted HTTP status codes. */
  readonly status?: readonly number[];
  /** Accepted curl exit codes (35 TLS handshake, 52 empty reply, 56 reset, 60 unknown CA). @default [0] */
  readonly exit?: readonly number[];
  /** Header name in lower case, and what its value must and must not contain. */
  readonly headers?: Readonly<Record<string, TextMatch>>;
  readonly body?: TextMatch;
  readonly json?: readonly JsonMatch[];
  /** Wall clock of one call in seconds. */
  readonly seconds?: { readonly atLeast?: number; readonly atMost?: number };
  /** "1.1" or "2". */
  readonly httpVersion?: string;
}

/** How many of `times` answers have a body that contains `text`. Bounds are inclusive; 0 and `times` are exact. */
export interface Share {
  readonly text: string;
  readonly atLeast: number;
  readonly atMost: number;
  /** What those bodies must and must not contain besides. */
  readonly body?: TextMatch;
}

/** A call that is made before another one by the same client: a log-in. Any status below 400 will do. */
export interface SessionCall {
  readonly url: string;
  /** @default "GET", or "POST" with a body */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Request body: text without a NUL character. */
  readonly body?: string;
}

/**
 * Where a token comes from: a Secret `namespace/name`, or a field of the JSON that a call is answered, by the same
 * caller and over the same address and trust, anew for each look.
 */
export type BearerSource =
  | { readonly secret: string; readonly key: string }
  | { readonly call: SessionCall; readonly field: string };

/** One HTTP(S) request, or `times` of them, made with curl by `caller`. */
export interface HttpCheck {
  readonly kind: "http";
  readonly caller: Caller;
  readonly url: string;
  /** @default "GET", or "POST" with a body */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What goes along as `Authorization: Bearer VALUE`; it is in no process's arguments. @default none */
  readonly bearerFrom?: BearerSource;
  /** Request body: text without a NUL character. */
  readonly body?: string;
  /** CA that is trusted: the lab's own, none beyond the system's, any (no verification), or this PEM text. @default "system" */
  readonly trust?: "lab" | "system" | "any" | { readonly pem: string };
  /** Secret `namespace/name` (kubernetes.io/tls) whose pair is shown as the client certificate. */
  readonly clientCertificate?: string;
  /** Address the URL's host is resolved to, for the URL's port. @default none: the caller's DNS */
  readonly resolveTo?: string;
  /** @default "1.1" for http, whatever ALPN picks for https */
  readonly httpVersion?: "1.1" | "2";
  /** Seconds one call may take before curl gives up (exit 28). @default 10 */
  readonly timeoutSeconds?: number;
  /**
   * Calls that go before each call, in this order and anew each time, by one client that keeps the cookies it is
   * given. Caller, address and trust are those of the check. @default none
   */
  readonly session?: readonly SessionCall[];
  /** Every one of `times` calls must match `expect`. @default 1 */
  readonly times?: number;
  /** So many of the `times` calls are under way at once: for slow answers, or many. @default 1 */
  readonly together?: number;
  readonly expect: HttpOutcome;
  readonly shares?: readonly Share[];
}

/** One request of an HTTP/2 check: the authority it names and what must come back. */
export interface Http2Request {
  /** Host, or host:port. */
  readonly authority: string;
  readonly path: string;
  readonly status: readonly number[];
  readonly body?: TextMatch;
}

/**
 * Requests to several hosts by one HTTP/2 client on this machine that keeps its connections, as a browser does:
 * a connection is used again for another host where its certificate covers that host (RFC 9113, 9.1.1).
 * It trusts the lab's CA only, names the request's host as SNI when it opens a connection, and speaks nothing
 * but "h2". A 421 (misdirected request) is an answer like any other: it is not sent again elsewhere.
 */
export interface Http2Check {
  readonly kind: "http2";
  /** Where every connection goes, whatever the authority. */
  readonly address: string;
  readonly port: number;
  /** Sent in order, `rounds` times over. */
  readonly requests: readonly Http2Request[];
  /** @default 3 */
  readonly rounds?: number;
  /** Send everything over the connection of the first authority, whatever its certificate covers. @default false */
  readonly forceOneConnection?: boolean;
  /** Connections the client may open in all. */
  readonly connections: { readonly atLeast: number; readonly atMost: number };
}

/**
 * Where a certificate is read: a Secret (only that key of it), a TLS server as it answers one SNI to this machine
 * (`servedBy` is its address), or PEM text such as the lab's CA output. Of a chain, the first one is looked at.
 */
export type CertificateSource =
  | {
      readonly secret: string;
      /** @default "default" */ readonly namespace?: string;
      /** @default "tls.crt" */ readonly key?: string;
    }
  | { readonly servedBy: string; readonly port: number; readonly sni: string }
  | { readonly pem: string };

/** Distinguished name attributes by short name: CN, O, C, ST, L. */
export type DistinguishedName = Readonly<Record<string, string>>;

/** What a certificate must be. Fields that are absent are not looked at. */
export interface CertificateCheck {
  readonly kind: "certificate";
  readonly source: CertificateSource;
  readonly expect: {
    /** All attributes of it. */
    readonly subject?: DistinguishedName;
    /** All attributes of it. */
    readonly issuer?: DistinguishedName;
    readonly selfSigned?: boolean;
    readonly isCa?: boolean;
    /** Subject alternative names, in any order; exact. */
    readonly dnsNames?: readonly string[];
    /** Subject alternative names, in any order; exact. */
    readonly uris?: readonly string[];
    /** Its serial number is not the one of this certificate. */
    readonly serialUnlike?: CertificateSource;
    /** Validity, notBefore to notAfter, in whole days. */
    readonly days?: number;
    readonly keyAlgorithm?: "RSA" | "ECDSA";
    /** RSA modulus bits. */
    readonly keyBits?: number;
    /** openssl's name, such as "sha256WithRSAEncryption". */
    readonly signatureAlgorithm?: string;
    /** openssl's names, such as "Certificate Sign", in any order; exact. */
    readonly keyUsages?: readonly string[];
    /** openssl's names, such as "TLS Web Server Authentication", in any order; exact. */
    readonly extendedKeyUsages?: readonly string[];
    /** All extensions by openssl's names, such as "Subject Key Identifier", in any order; exact. */
    readonly extensions?: readonly string[];
    /** Those of them that are marked critical, in any order; exact. */
    readonly criticalExtensions?: readonly string[];
    /** The certificates that come after the first, in their order: these, and no more. */
    readonly chain?: readonly {
      readonly subject: DistinguishedName;
      readonly issuer: DistinguishedName;
      readonly isCa: boolean;
    }[];
    /** A chain to this PEM verifies (`openssl verify -CAfile`). */
    readonly verifiedBy?: string;
    /** A chain to this PEM does not verify: the deny twin. */
    readonly notVerifiedBy?: string;
  };
}

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

/**
 * A PromQL query, asked of the Service `prometheus:9090` in istio-system through the Kubernetes API;
 * bounds hold for the sum over the answer's series.
 */
export interface MetricCheck {
  readonly kind: "metric";
  readonly query: string;
  readonly above?: number;
  /** The answer has no series, or all are 0. */
  readonly absent?: boolean;
}

/**
 * Lines of a workload's logs that contain a text, counted over its pods: since the row's stimulus began (whole
 * seconds), or the row itself where it has none.
 */
export interface LogCheck {
  readonly kind: "log";
  readonly app: string;
  /** @default "default" */
  readonly namespace?: string;
  readonly container: string;
  readonly contains: string;
  readonly count: { readonly atLeast: number; readonly atMost?: number };
}

/** An Envoy counter or gauge of a pod's proxy (admin port 15000), summed over the pods of `app`. */
export interface EnvoyStatCheck {
  readonly kind: "envoy-stat";
  readonly app: string;
  /** @default "default" */
  readonly namespace?: string;
  /** Regular expression on the statistic's name, found anywhere in it. No match counts as 0. */
  readonly stat: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export type Check =
  | HttpCheck
  | Http2Check
  | CertificateCheck
  | ObjectCheck
  | DnsCheck
  | MetricCheck
  | LogCheck
  | EnvoyStatCheck
  | DeliveryCheck
  | ExecCheck
  | IstioctlCheck
  | LoadCheck
  | StageCheck;

/** Something done to the lab, or traffic sent, once before an expectation's check is polled. */
export type Stimulus =
  /** Delete one pod and wait until a new one of that name is Ready (two minutes at most). */
  | { readonly do: "delete-pod"; readonly name: string; readonly namespace?: string }
  /** Make `times` calls and ignore what comes back, once the caller can call (a minute at most). */
  | {
      readonly do: "call";
      readonly times: number;
      readonly request: Omit<HttpCheck, "expect" | "kind" | "shares" | "times">;
    }
  /** Run a command in a pod, without a shell, and ignore what it prints. */
  | {
      readonly do: "exec";
      readonly in: PodPlace;
      readonly command: readonly [string, ...string[]];
    }
  /** Wait until Prometheus has seen something (half a minute at most): a rate needs a first sample to rise from. */
  | { readonly do: "await-metric"; readonly check: MetricCheck };

/** What a supply may be unable to do; a scenario names what an expectation needs. */
export type Capability =
  "istio-metrics" | "kiali" | "kiali-ui" | "multi-node" | "grafana" | "oauth2-proxy";

/** One row of a proof. */
export interface Expectation {
  /** A short sentence that is true when the row passes, unique within the proof. */
  readonly name: string;
  /** What must come back, in words, for the table. */
  readonly expected: string;
  readonly check: Check;
  /** Rows with the same `after` share one run of it. They come after the rows without, in the order of the list. */
  readonly after?: readonly Stimulus[];
  /** Something must not happen: it must hold for the whole hold window, after it was first seen to hold. @default false */
  readonly negative?: boolean;
  /** Skipped, with the supply's reason, where it is missing. */
  readonly needs?: Capability;
  /**
   * Changes the lab for a moment: left out, with that reason, while `pulumi up` runs; else proved after the others.
   * @default true where `after` deletes a pod
   */
  readonly disruptive?: boolean;
  /**
   * Seconds until it must have begun to hold. What begins to hold in time may end its three looks, or its hold
   * window, after that. @default 60
   */
  readonly deadlineSeconds?: number;
}
