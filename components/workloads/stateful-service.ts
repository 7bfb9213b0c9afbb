import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { objectName } from "../stage/object-key.ts";

/** Arguments of {@link StatefulService}; the resource's name is `namespace/serviceName`. */
export interface StatefulServiceArgs {
  /** Name of the StatefulSet and of its headless Service. */
  readonly serviceName: string;
  readonly namespace: string;
  /** Image that serves HTTP on `port`, told by the environment variable PORT. */
  readonly image: string;
  /** @default 80 */
  readonly port?: number;
  /** Pods, with ordinals from 0. */
  readonly replicas: number;
  /** Makes every pod a host of the mesh's registry, so that a gateway can route to it. @default false */
  readonly routable?: boolean;
}

/**
 * A StatefulSet behind a headless Service. In the mesh each pod has its DNS name; a gateway knows no such host (503,
 * cluster_not_found), so a routable one gets a ServiceEntry that selects the pod by its name label.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class StatefulService extends pulumi.ComponentResource {
  readonly port: number;
  /** DNS name of each pod, by ordinal; where routable, it resolves when the gateway can route to it. */
  readonly podHosts: readonly pulumi.Output<string>[];

  constructor(name: string, args: StatefulServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:workloads:StatefulService", name, {}, opts);
    this.port = args.port ?? 80;
    const service = this.createHeadlessService(name, args);
    this.createStatefulSet(name, args, service, this.createIdentity(name, args));
    this.podHosts = Array.from({ length: args.replicas }, (_, ordinal) => {
      const pod = `${args.serviceName}-${ordinal}`;
      const host = `${pod}.${args.serviceName}.${args.namespace}.svc.cluster.local`;
      return args.routable ? this.createPodHost(pod, args.namespace, host) : pulumi.output(host);
    });
    this.registerOutputs({ podHosts: this.podHosts });
  }

  private createHeadlessService(
    name: string,
    args: StatefulServiceArgs,
  ): kubernetes.core.v1.Service {
    return new kubernetes.core.v1.Service(
      name,
      {
        metadata: {
          name: args.serviceName,
          namespace: args.namespace,
          labels: { app: args.serviceName },
          // The Service has endpoints only when pods are Ready, and the StatefulSet needs the Service first.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: {
          clusterIP: "None",
          selector: { app: args.serviceName },
          ports: [{ name: "http", port: this.port, targetPort: this.port }],
        },
      },
      { parent: this },
    );
  }

  /** A ServiceAccount of its own is the workload's identity in the mesh. */
  private createIdentity(
    name: string,
    args: StatefulServiceArgs,
  ): kubernetes.core.v1.ServiceAccount {
    return new kubernetes.core.v1.ServiceAccount(
      name,
      { metadata: { name: args.serviceName, namespace: args.namespace } },
      { parent: this },
    );
  }

  private createStatefulSet(
    name: string,
    args: StatefulServiceArgs,
    service: kubernetes.core.v1.Service,
    identity: kubernetes.core.v1.ServiceAccount,
  ): void {
    const labels = { app: args.serviceName };
    new kubernetes.apps.v1.StatefulSet(
      name,
      {
        metadata: { name: args.serviceName, namespace: args.namespace, labels },
        spec: {
          serviceName: service.metadata.name,
          replicas: args.replicas,
          // The pods do not wait for each other: no order is taught here, and a class waits for the slowest only.
          podManagementPolicy: "Parallel",
          selector: { matchLabels: labels },
          template: {
            metadata: {
              labels,
              annotations: { "proxy.istio.io/config": "terminationDrainDuration: 1s\n" },
            },
            spec: {
              serviceAccountName: identity.metadata.name,
              // Lets an ordinary user listen on port 80.
              securityContext: {
                sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
              },
              containers: [
                {
                  name: args.serviceName,
                  image: args.image,
                  imagePullPolicy: "IfNotPresent",
                  env: [
                    { name: "PORT", value: String(this.port) },
                    { name: "USE_REAL_HOSTNAME", value: "1" },
                  ],
                  ports: [{ name: "http", containerPort: this.port }],
                  readinessProbe: {
                    httpGet: { path: "/status/200", port: "http" },
                    periodSeconds: 1,
                  },
                },
              ],
            },
          },
        },
      },
      { parent: this },
    );
  }

  private createPodHost(pod: string, namespace: string, host: string): pulumi.Output<string> {
    const entry = new kubernetes.apiextensions.CustomResource(
      objectName({ name: pod, namespace }),
      {
        apiVersion: "networking.istio.io/v1",
        kind: "ServiceEntry",
        metadata: { name: pod, namespace },
        spec: {
          hosts: [host],
          location: "MESH_INTERNAL",
          resolution: "STATIC",
          ports: [{ number: this.port, name: "http", protocol: "HTTP" }],
          workloadSelector: { labels: { "statefulset.kubernetes.io/pod-name": pod } },
        },
      },
      { parent: this },
    );
    return entry.metadata.apply(() => host);
  }
}
