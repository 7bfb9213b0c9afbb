/** What the probes saw of this machine: plain data, so that every decision about it is a pure function. */

/** How the container engine answered `docker version`. */
export type EngineState =
  | { readonly status: "ready" }
  /** No `docker` on PATH. */
  | { readonly status: "missing" }
  /** It answered, but not this user. */
  | { readonly status: "denied" }
  | { readonly status: "stopped" | "silent"; readonly detail: string };

/** The part of `docker inspect` that tells whose container it is and what it holds. */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** Also where it is paused. */
  readonly running: boolean;
  readonly paused: boolean;
  /** When it was started last, as the engine writes it. */
  readonly startedAt: string;
  readonly mounts: readonly { readonly source: string; readonly destination: string }[];
  /** Ports of this machine that lead into it; held only while it runs. */
  readonly hostPorts: readonly number[];
}

/** Whether a port of this machine can be listened on. */
export type PortState =
  | { readonly status: "free" }
  | {
      readonly status: "taken";
      /** The process that listens, where it can be known: "nginx (pid 812)". */
      readonly process?: string;
      /** The container that publishes the port, where it is one. */
      readonly container?: Container;
    }
  /** The listen address is not one of this machine's. */
  | { readonly status: "no-such-address" };

/** Everything that is looked at before anything is registered. */
export interface Machine {
  readonly engine: EngineState;
  /** The container `<clusterName>-control-plane`. */
  readonly node?: Container;
  /** The cluster's other nodes that config wants; nothing in the place of one that is not there. */
  readonly workers: readonly (Container | undefined)[];
  readonly ports: ReadonlyMap<number, PortState>;
}

/** The kind cluster of the configured name, as it is now. */
export type ClusterState =
  | { readonly status: "absent" }
  | { readonly status: "foreign" | "ours-stopped" | "ours-running"; readonly containerId: string }
  | {
      readonly status: "ours-paused";
      readonly containerId: string;
      /** Names of the nodes that are. */
      readonly paused: readonly string[];
    };
