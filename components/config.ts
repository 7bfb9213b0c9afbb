/** Every setting of the lab, read from stack config once, checked, frozen. */
export interface LabConfig {
  readonly scenario: string;
  readonly step: string;
  /** "kind" makes a cluster; "existing" takes the one behind `kubeContext`. */
  readonly cluster: "kind" | "existing";
  /** Name of the kind cluster. @default "istio-<stack>" */
  readonly clusterName: string;
  /** Existing cluster: kubeconfig file. @default $KUBECONFIG, else ~/.kube/config */
  readonly kubeconfig?: string;
  /** Existing cluster: context in that file; required there. */
  readonly kubeContext?: string;
  /** kind nodes: one control plane and `nodes - 1` workers. @default 1 */
  readonly nodes: number;
  /** kind node image. @default the supply's */
  readonly nodeImage?: string;
  /** Istio version. @default the supply's; another one needs the official supply */
  readonly istioVersion?: string;
  readonly gatewayServiceType: "NodePort" | "LoadBalancer";
  readonly httpNodePort: number;
  readonly httpsNodePort: number;
  readonly statusNodePort: number;
  /** Ports on this machine that lead to the gateway. */
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly statusPort: number;
  /** Address those ports listen on. @default "127.0.0.1" */
  readonly listenAddress: string;
  readonly replicas: number;
  /** Domain of the lab's host names. @default "example.com" */
  readonly domain: string;
  /** Days that the CA and the leaf certificates are valid. @default 365 */
  readonly certificateDays: number;
  readonly keyAlgorithm: "RSA-2048" | "RSA-4096" | "ECDSA-P256" | "ECDSA-P384";
  /** Raise it to rotate every leaf certificate. @default 1 */
  readonly certificateEpoch: number;
  /** Prove the step at the end of `pulumi up`. @default true */
  readonly verify: boolean;
  /** Registry that replaces the host of every image, such as "mirror.example.org/lab". */
  readonly imageRegistry?: string;
  readonly metallb: boolean;
  readonly addons: readonly ("prometheus" | "kiali")[];
  readonly registry: boolean;
  readonly externalBackend: "stub" | "internet";
  readonly issuer: "ca" | "acme";
}
