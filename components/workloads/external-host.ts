import { createHash } from "node:crypto";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { externalNamespace as namespace, serviceNameOf } from "../external-hosts.ts";

/** Arguments of {@link ExternalHost}; the resource's name is `external/<service>`, see `serviceNameOf`. */
export interface ExternalHostArgs {
  /** Public name, such as "httpbin.org". */
  readonly host: string;
  /** go-httpbin: serves HTTP, and with a certificate HTTPS. */
  readonly image: string;
  /** Certificate for the host, and its key. */
  readonly certPem: pulumi.Input<string>;
  readonly privateKeyPem: pulumi.Input<string>;
}

/** HTTP beside HTTPS: go-httpbin serves one of them a process. */
const servers = [
  { name: "http", port: 80, containerPort: 8080, env: {} },
  {
    name: "https",
    port: 443,
    containerPort: 8443,
    env: { HTTPS_CERT_FILE: "/etc/tls/tls.crt", HTTPS_KEY_FILE: "/etc/tls/tls.key" },
  },
] as const;

/**
 * Plays one host of the outside world: a pod without a sidecar, behind a Service that istiod does not see. Calls go to it
 * as they would go to the internet; the mesh knows nothing of it but what a ServiceEntry says.
 * @see https://istio.io/latest/docs/reference/config/annotations/#NetworkingExportTo
 */
export class ExternalHost extends pulumi.ComponentResource {
  /** From here on the host's name resolves. */
  readonly service: pulumi.Resource;

  constructor(name: string, args: ExternalHostArgs, opts?: pulumi.ComponentResourceOptions) {
    super("istio-lab:workloads:ExternalHost", name, {}, opts);
    const metadata = { name: serviceNameOf(args.host), namespace };
    const labels = { app: metadata.name };
    const parent = { parent: this };

    this.service = new kubernetes.core.v1.Service(
      name,
      {
        metadata: {
          ...metadata,
          annotations: { "networking.istio.io/exportTo": "~", "pulumi.com/skipAwait": "true" },
        },
        spec: {
          selector: labels,
          ports: servers.map(({ name: port, port: number }) => ({
            name: port,
            port: number,
            targetPort: port,
          })),
        },
      },
      parent,
    );
    const identity = new kubernetes.core.v1.ServiceAccount(name, { metadata }, parent);
    const secret = new kubernetes.core.v1.Secret(
      name,
      {
        metadata,
        type: "kubernetes.io/tls",
        stringData: { "tls.crt": args.certPem, "tls.key": pulumi.secret(args.privateKeyPem) },
      },
      parent,
    );
    new kubernetes.apps.v1.Deployment(
      name,
      {
        metadata: { ...metadata, labels },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: {
              labels,
              // go-httpbin reads its certificate once: another one must roll the pod.
              annotations: { "istio-lab/certificate": pulumi.output(args.certPem).apply(hashOf) },
            },
            spec: {
              serviceAccountName: identity.metadata.name,
              terminationGracePeriodSeconds: 1,
              containers: servers.map((server) => containerOf(server, args.image)),
              volumes: [{ name: "tls", secret: { secretName: secret.metadata.name } }],
            },
          },
        },
      },
      parent,
    );
    this.registerOutputs({});
  }
}

function containerOf(
  { name, containerPort, env }: (typeof servers)[number],
  image: string,
): kubernetes.types.input.core.v1.Container {
  return {
    name,
    image,
    imagePullPolicy: "IfNotPresent",
    env: Object.entries({ PORT: String(containerPort), ...env }).map(([key, value]) => ({
      name: key,
      value,
    })),
    ports: [{ name, containerPort }],
    readinessProbe: {
      httpGet: { path: "/status/200", port: name, scheme: name.toUpperCase() },
      periodSeconds: 1,
    },
    volumeMounts: [{ name: "tls", mountPath: "/etc/tls", readOnly: true }],
  };
}

function hashOf(pem: string): string {
  return createHash("sha256").update(pem).digest("hex").slice(0, 16);
}
