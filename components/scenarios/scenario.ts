import type * as pulumi from "@pulumi/pulumi";
import type { LabConfig } from "../config.ts";
import type { Supply } from "../supply.ts";
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
  /** Namespace of istiod and the ingress gateway. */
  readonly istioNamespace: pulumi.Output<string>;
}

/** What a scenario hands back to the stack. */
export interface ScenarioOutputs {
  /** Host names that the gateway answers. */
  readonly hosts: readonly string[];
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
  /** One URL a host, as a browser on this machine would ask for it. */
  readonly gatewayUrls: readonly string[];
  /** Address the gateway is reached at from this machine. */
  readonly gatewayAddress: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly hosts: readonly string[];
  readonly replicas: number;
  /** Add-ons that config asks for, whatever the step. */
  readonly addons: readonly string[];
  readonly domain: string;
  /** Days a certificate is valid. */
  readonly certificateDays: number;
  /** Such as "RSA-2048" or "ECDSA-P256". */
  readonly keyAlgorithm: string;
  readonly caCertPem?: string;
  readonly caCertPath?: string;
  readonly supply: {
    readonly kind: string;
    readonly limits: Supply["limits"];
    /** Version and origin of each tool and image, by name. */
    readonly parts: Readonly<Record<string, string>>;
  };
}

/** One step: a whole desired state, reachable from any other step. */
export interface Step {
  readonly id: string;
  /** One line: what this step shows. */
  readonly about: string;
}

/** A lesson in steps. `build` says what is in the cluster, `proof` what the network must then do. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly steps: readonly Step[];
  build(lab: Lab, step: string): ScenarioOutputs;
  proof(lab: LabOutputs, step: string): readonly Expectation[];
  /** Commands a learner can paste, for one step. */
  tryIt(lab: LabOutputs, step: string): readonly string[];
}
