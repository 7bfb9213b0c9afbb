import type * as pulumi from "@pulumi/pulumi";
import { CertificateAuthority } from "../../certs/certificate-authority.ts";
import { LeafCertificate } from "../../certs/leaf-certificate.ts";
import { HostRoute } from "../ingress/host-route.ts";
import { IngressCredential } from "../ingress/ingress-credential.ts";
import { SecureGateway } from "../ingress/secure-gateway.ts";
import { MeshClient } from "../workloads/mesh-client.ts";
import { StatefulService } from "../workloads/stateful-service.ts";
import type { Lab, Scenario, ScenarioOutputs } from "./scenario.ts";
import { lookFor, proof, tryIt } from "./statefulset-ingress-proof.ts";

const namespace = "default";

/** HTTPS from outside to each pod of a StatefulSet by a name of its own. */
export const statefulsetIngress: Scenario = {
  id: "statefulset-ingress",
  images: ["httpbin", "client"],
  title: "TLS ingress to the pods of a StatefulSet",
  about:
    "Each pod behind a headless Service gets a host name, a certificate and a route of its own at the ingress gateway.",
  steps: [
    {
      id: "tls-assets",
      about: "a root CA, a leaf certificate a host, and their Secrets beside the gateway",
    },
    {
      id: "app",
      about: "the StatefulSet with its headless Service, reached pod by pod inside the mesh",
    },
    {
      id: "ingress",
      about: "one Gateway, a route a pod: HTTPS from outside with verified certificates",
    },
    {
      id: "observe",
      about: "Prometheus and Kiali: who called whom, and over mutual TLS",
      addOns: ["prometheus", "kiali"],
      waitSeconds: 10,
    },
  ],
  build,
  proof,
  tryIt,
  lookFor,
};

function build(lab: Lab, step: string): ScenarioOutputs {
  const at = statefulsetIngress.steps.findIndex(({ id }) => id === step);
  const certificates = createCertificates(lab);
  const service = at >= 1 ? createWorkloads(lab, at >= 2) : undefined;
  if (service && at >= 2) createIngress(lab, certificates.credentials, service);
  return { hosts: hostsOf(lab), caCertPem: certificates.authority.certPem };
}

function hostsOf(lab: Lab): string[] {
  const { replicas, domain } = lab.config;
  return Array.from({ length: replicas }, (_, ordinal) => `httpbin-${ordinal}.${domain}`);
}

interface HostCredential {
  readonly host: string;
  readonly credentialName: pulumi.Output<string>;
}

function createCertificates(lab: Lab): {
  authority: CertificateAuthority;
  credentials: HostCredential[];
} {
  const { domain, certificateDays: days, keyAlgorithm, certificateEpoch: epoch } = lab.config;
  const authority = new CertificateAuthority(
    "ca",
    { commonName: domain, organization: "example Inc.", days, keyAlgorithm },
    lab.stageOpts,
  );
  const credentials = hostsOf(lab).map((host, ordinal) => {
    const leaf = new LeafCertificate(
      `httpbin-${ordinal}`,
      { host, organization: "httpbin organization", days, keyAlgorithm, epoch, authority },
      lab.stageOpts,
    );
    const { credentialName } = new IngressCredential(
      `istio-system/httpbin-${ordinal}-credential`,
      {
        secretName: `httpbin-${ordinal}-credential`,
        namespace: lab.istioNamespace,
        certPem: leaf.certPem,
        privateKeyPem: leaf.privateKeyPem,
      },
      lab.clusterOpts,
    );
    return { host, credentialName };
  });
  return { authority, credentials };
}

function createWorkloads(lab: Lab, routable: boolean): StatefulService {
  new MeshClient("sleep", { supply: lab.supply }, lab.meshOpts);
  return new StatefulService(
    "default/httpbin",
    {
      serviceName: "httpbin",
      namespace,
      image: lab.supply.images.httpbin,
      replicas: lab.config.replicas,
      routable,
    },
    lab.meshOpts,
  );
}

function createIngress(
  lab: Lab,
  credentials: readonly HostCredential[],
  service: StatefulService,
): void {
  const gateway = new SecureGateway(
    "default/httpbin",
    {
      gatewayName: "httpbin",
      namespace,
      selector: { istio: "ingressgateway" },
      servers: credentials,
    },
    lab.meshOpts,
  );
  const behindGateway = { ...lab.meshOpts, dependsOn: lab.meshOpts.dependsOn.concat(gateway) };
  for (const [ordinal, destination] of service.podHosts.entries()) {
    new HostRoute(
      `default/httpbin-${ordinal}`,
      {
        routeName: `httpbin-${ordinal}`,
        namespace,
        host: `httpbin-${ordinal}.${lab.config.domain}`,
        gateway: gateway.reference,
        destination,
        port: service.port,
      },
      behindGateway,
    );
  }
}
