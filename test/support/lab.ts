import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { nothingNoted } from "../../components/by-hand/notes.ts";
import type { KnownReleases } from "../../components/by-hand/release-objects.ts";
import type { Cluster } from "../../components/cluster/cluster.ts";
import { inCluster } from "../../components/cluster/create-cluster.ts";
import type { LabConfig } from "../../components/config.ts";
import { findScenario, findStep, scenarios } from "../../components/scenarios/registry.ts";
import type { Lab, LabOutputs } from "../../components/scenarios/scenario.ts";
import { Stage } from "../../components/stage/stage.ts";
import { officialSupply, type Supply } from "../../components/supply.ts";
import { acceptedConfig } from "./config.ts";

/** The configuration of a fresh checkout, with some keys set. */
export function labConfig(raw: Readonly<Record<string, string>> = {}): LabConfig {
  return acceptedConfig(raw, { stack: "dev", scenarios, supply: officialSupply });
}

/** A cluster that is there: provider `kubernetes`, deleted with the resource `node`. */
export function fakeCluster(): Cluster {
  return {
    provider: new kubernetes.Provider("kubernetes", { clusterIdentifier: "fake" }),
    deletedWith: new Node("node"),
    kubeconfigPath: "/lab/.lab/dev/kubeconfig",
    kubeContext: "kind-istio",
    nodeContainer: "istio-control-plane",
    ready: pulumi.output("c0ffee"),
  };
}

class Node extends pulumi.CustomResource {
  constructor(name: string) {
    super("test:cluster:Node", name, {});
  }
}

/** Stands for the mesh that a scenario's objects wait for. */
class Mesh extends pulumi.CustomResource {
  constructor(name: string) {
    super("test:mesh:Mesh", name, {});
  }
}

/** What a program knows of objects in a cluster that it did not ask. */
export const unasked = {
  access: { kubeconfigPath: "/lab/.lab/dev/kubeconfig" },
  notes: nothingNoted,
  look: undefined,
} as const;

/** Releases that nobody changed by hand. */
export const unchangedReleases: KnownReleases = {
  stackFolder: "/lab/.lab/dev",
  changed: {},
  mended: {},
};

/** What index.ts gives a scenario on a new cluster: a stage, that cluster and the resource `mesh` to wait for. */
export function fakeLab(config: LabConfig, supply: Supply = officialSupply): Lab {
  const { sidecars = true } = findStep(findScenario(config.scenario), config.step);
  const parent = new Stage("scenario", {
    incarnations: {},
    live: undefined,
    strangers: [],
    sidecars,
  });
  const clusterOpts = { ...inCluster(fakeCluster()), parent };
  return {
    config,
    supply,
    stageOpts: { parent },
    clusterOpts,
    meshOpts: { ...clusterOpts, dependsOn: [new Mesh("mesh")] },
    istioNamespace: pulumi.output("istio-system"),
  };
}

/** The outputs of a deployed step, as a proof reads them. */
export function labOutputs(step: string, replicas = 2, more: Partial<LabOutputs> = {}): LabOutputs {
  const hosts = Array.from({ length: replicas }, (_, ordinal) => `httpbin-${ordinal}.example.com`);
  return {
    scenario: "statefulset-ingress",
    step,
    steps: ["tls-assets", "app", "ingress", "observe"],
    kubeconfigPath: "/lab/.lab/dev/kubeconfig",
    kubeContext: "kind-istio",
    nodeContainer: "istio-control-plane",
    objects: [],
    gatewayUrls: hosts.map((host) => `https://${host}:8443`),
    gatewayAddress: "127.0.0.1",
    httpPort: 8080,
    httpsPort: 8443,
    statusPort: 8021,
    hosts,
    replicas,
    addons: [],
    domain: "example.com",
    weightV2: 20,
    certificateDays: 365,
    keyAlgorithm: "RSA-2048",
    precedenceLevel: "port",
    caCertPem: "the CA's certificate",
    caCertPath: "/lab/.lab/dev/ca.crt",
    supply: { kind: "official", limits: {}, parts: {} },
    ...more,
  };
}
