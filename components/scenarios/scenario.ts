import type * as pulumi from "@pulumi/pulumi";
import type { AddOn, LabConfig } from "../config.ts";
import type { Supply } from "../supply.ts";
import type { ImageRole } from "../versions.ts";
import type { Expectation } from "./expectation.ts";

/** What a scenario builds upon: a running mesh, and where things go in it. */
export interface Lab {
  readonly config: LabConfig;
  readonly supply: Supply;
  /** For what is not in the cluster: its place in the tree. */
  readonly stageOpts: pulumi.ComponentResourceOptions;
  /** For what needs the cluster alone: that, and provider and `deletedWith`. */
  readonly clusterOpts: pulumi.ComponentResourceOptions;
  /** For what needs a working mesh, injected pods and Istio objects: all that, and `dependsOn` the mesh. */
  readonly meshOpts: pulumi.ComponentResourceOptions & { readonly dependsOn: pulumi.Resource[] };
  /** Namespace of istiod and the ingress gateway; resolves when it is there. */
  readonly istioNamespace: pulumi.Output<string>;
}

/** What a scenario hands back to the stack. */
export interface ScenarioOutputs {
  /** Host names that the gateway answers; `localhost` for one that answers every name. */
  readonly hosts: readonly string[];
  /** How the gateway answers them. @default "https" */
  readonly scheme?: "http" | "https";
  /** The certificate authority that signed the lab's leaf certificates. */
  readonly caCertPem?: pulumi.Output<string>;
}

/**
 * What a proof may know: stack outputs, nothing else. `index.ts` exports these fields under the same names,
 * so that `pulumi stack output --json` is one.
 */
export interface LabOutputs {
  readonly scenario: string;
  readonly step: string;
  readonly steps: readonly string[];
  readonly kubeconfigPath: string;
  readonly kubeContext: string;
  /** Container of the kind node, where there is one: calls from the kind network start there. */
  readonly nodeContainer?: string;
  /** Keys of the step's objects, see `objectKey`. */
  readonly objects: readonly string[];
  /** One URL a host, as a browser on this machine would ask for it. */
  readonly gatewayUrls: readonly string[];
  /** Address of the gateway's load balancer, reached from the kind network; absent where it has none. */
  readonly loadBalancerAddress?: string;
  /** Address the gateway is reached at from this machine. */
  readonly gatewayAddress: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Where the gateway says whether it is ready. */
  readonly statusPort: number;
  readonly hosts: readonly string[];
  readonly replicas: number;
  /** Add-ons that config asks for, whatever the step. */
  readonly addons: readonly string[];
  readonly domain: string;
  /** Percent of requests that a rollout sends to its second version. */
  readonly weightV2: number;
  /** Days a certificate is valid. */
  readonly certificateDays: number;
  /** Such as "RSA-2048" or "ECDSA-P256". */
  readonly keyAlgorithm: string;
  /** The level of policy that decides at step policy-precedence of helloworld-mesh. */
  readonly precedenceLevel: LabConfig["precedenceLevel"];
  readonly caCertPem?: string;
  readonly caCertPath?: string;
  readonly supply: {
    readonly kind: string;
    readonly limits: Supply["limits"];
    /** Version and origin of each tool and image, by name. */
    readonly parts: Readonly<Record<string, string>>;
  };
}

/** What a scenario may need of the cluster beyond a node and a mesh. */
export type ClusterNeed = "load-balancer" | "external-hosts";

/** One step: a whole desired state, reachable from any other step. */
export interface Step {
  readonly id: string;
  /** One line: what this step shows. */
  readonly about: string;
  /** Whether namespace `default` is labelled, so that pods get a sidecar. @default true */
  readonly sidecars?: boolean;
  /** Add-ons the step needs, besides those that config asks for. @default none */
  readonly addOns?: readonly AddOn[];
  /** What this step needs of the cluster, besides what its scenario does. @default none */
  readonly needs?: readonly ClusterNeed[];
  /** Why the network does the same as at another step, so that the proof may pass before the step is applied. */
  readonly sameEffectAs?: string;
  /** Seconds that the proof waits by nature (an ejection, a scrape), beyond what a machine needs. @default 0 */
  readonly waitSeconds?: number;
}

/** A lesson in steps. `build` says what is in the cluster, `proof` what the network must then do. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** Images of its workloads, so that they are in the node before its pods start. @default none */
  readonly images?: readonly ImageRole[];
  /** @default none */
  readonly needs?: readonly ClusterNeed[];
  readonly steps: readonly Step[];
  /** Makes the step's objects, all of them; see `buildStep` for what comes with every step. */
  build(lab: Lab, step: string): ScenarioOutputs;
  proof(lab: LabOutputs, step: string): readonly Expectation[];
  /** Commands a learner can paste, for one step. */
  tryIt(lab: LabOutputs, step: string): readonly string[];
  /** What to look for in what those commands print: one sentence each. */
  lookFor(step: string): readonly string[];
}
