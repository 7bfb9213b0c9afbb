/**
 * The vocabulary of a proof: plain data that says who calls, what is called and what must come back.
 * A scenario lists expectations; hack/proof runs them against the live network.
 */

import type { CertificateCheck } from "./checks/certificate.ts";
import type { DnsCheck, ObjectCheck } from "./checks/cluster.ts";
import type { DeliveryCheck } from "./checks/delivery.ts";
import type { ExecCheck, PodPlace } from "./checks/exec.ts";
import type { HttpCheck } from "./checks/http.ts";
import type { Http2Check } from "./checks/http2.ts";
import type { IstioctlCheck } from "./checks/istioctl.ts";
import type { LoadCheck } from "./checks/load.ts";
import type { StageCheck } from "./checks/stage.ts";
import type { EnvoyStatCheck, LogCheck, MetricCheck } from "./checks/telemetry.ts";

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
  | "istio-metrics"
  | "grpc-message-metrics"
  | "tcp-open-metrics"
  | "tcp-peer-workload"
  | "kiali"
  | "kiali-ui"
  | "grafana"
  | "oauth2-proxy";

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
