import type { LabConfig } from "../../../components/config.ts";
import type { KubernetesObject } from "../../../components/kubernetes-manifest.ts";
import { scenarios } from "../../../components/scenarios/registry.ts";
import { stackLabel } from "../../../components/stack-label.ts";
import { readSupply } from "../../../components/supply.ts";
import { labSearchPath } from "../../../hack/render/pulumi-home.ts";
import { renderSteps } from "../../../hack/render/render-steps.ts";
import { supplyFile } from "../../../hack/toolchain/paths.ts";
import { acceptedConfig } from "../../support/config.ts";

/** Objects that an API server and Istio's validator must take. */
export interface Limit {
  /** The values that they come from. */
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
}

const ingress = { scenario: "statefulset-ingress", step: "ingress" };
const rollout = { scenario: "helloworld-next", step: "rollout" };
const precedence = { scenario: "helloworld-mesh", step: "policy-precedence" };

/** Config at the ends of what its keys take, where the key ends up in an object of the step. */
const extremes: readonly Readonly<Record<string, string>>[] = [
  { ...ingress, domain: "a".repeat(50), replicas: "20", certificateDays: "3650" },
  { ...ingress, domain: `${"a.".repeat(24)}ab`, keyAlgorithm: "ECDSA-P384", certificateDays: "1" },
  {
    ...ingress,
    domain: "a",
    replicas: "1",
    imageRegistry: `m.example.org:65535/${"a/".repeat(80)}b`,
  },
  { ...ingress, domain: "xn--bcher-kva.example" },
  { ...ingress, domain: "localhost" },
  { ...ingress, domain: "1.1a", certificateEpoch: "1000000" },
  { ...rollout, weightV2: "0" },
  { ...rollout, weightV2: "100" },
  ...["port", "workload", "namespace", "mesh"].map((precedenceLevel) => ({
    ...precedence,
    precedenceLevel,
  })),
];

/** What a step makes of config at its limits, and the objects whose names other keys make. */
export async function configLimits(): Promise<readonly Limit[]> {
  const supply = readSupply(supplyFile);
  const configs = extremes.map((raw): LabConfig =>
    acceptedConfig(raw, { stack: "dev", scenarios, supply }),
  );
  const rendered = await renderSteps(
    configs.map((config) => ({ supply, config })),
    await labSearchPath(process.env["PATH"] ?? ""),
  );
  const steps = extremes.map((raw, at) => ({
    name: JSON.stringify(raw),
    objects: rendered[at] ?? [],
  }));
  return [
    ...steps,
    ...["a".repeat(40), "a.b-c.1"].map((name) => ({
      name: `clusterName ${name}`,
      objects: [nodeOf(name)],
    })),
    ...["a".repeat(63), "A_b.c-1"].map((name) => ({
      name: `stack ${name}`,
      objects: [labelled(name)],
    })),
  ];
}

/** The node of a kind cluster of that name. */
export function nodeOf(clusterName: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Node", metadata: { name: `${clusterName}-control-plane` } };
}

/** A namespace with the label of a stack of that name. */
export function labelled(stack: string): KubernetesObject {
  const metadata = { name: "limits", labels: { [stackLabel]: stack } };
  return { apiVersion: "v1", kind: "Namespace", metadata };
}

/** A Service that is reached at that port of each node, as the gateway's is. */
export function serviceAt(nodePort: number): KubernetesObject {
  const metadata = { name: "limits", namespace: "default" };
  const spec = { type: "NodePort", ports: [{ port: 80, nodePort }] };
  return { apiVersion: "v1", kind: "Service", metadata, spec };
}

/** A Gateway for a host. */
export function gatewayFor(host: string): KubernetesObject {
  const port = { number: 80, name: "http", protocol: "HTTP" };
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: "limits", namespace: "default" },
    spec: { servers: [{ hosts: [host], port }] },
  };
}
