import type * as pulumi from "@pulumi/pulumi";
import { CertificateAuthority } from "../../certs/certificate-authority.ts";
import { LeafCertificate } from "../../certs/leaf-certificate.ts";
import { externalNamespace, serviceNameOf, type ExternalHostName } from "../external-hosts.ts";
import type { Lab } from "../scenarios/scenario.ts";
import { ExternalHost } from "./external-host.ts";

/** The hosts of the outside world that a scenario calls. */
export interface ExternalBackend {
  /** Who signed their certificates; absent where they are real, and every client trusts them. */
  readonly caCertPem?: pulumi.Output<string>;
  /** What must be there before their names resolve. */
  readonly named: readonly pulumi.Resource[];
}

/** With `externalBackend: stub` a pod for each host, its certificate from an authority of its own; else nothing. */
export function createExternalBackend(
  lab: Pick<Lab, "config" | "supply" | "stageOpts" | "meshOpts">,
  hosts: readonly ExternalHostName[],
): ExternalBackend {
  const { externalBackend, certificateDays: days, keyAlgorithm } = lab.config;
  if (externalBackend === "internet") return { named: [] };
  const authority = new CertificateAuthority(
    "external-ca",
    { commonName: "external-ca", organization: "Outside World", days, keyAlgorithm },
    lab.stageOpts,
  );
  const named = hosts.map((host) => {
    const leaf = new LeafCertificate(
      `external-${serviceNameOf(host)}`,
      {
        host,
        organization: "Outside World",
        days,
        keyAlgorithm,
        epoch: lab.config.certificateEpoch,
        authority,
      },
      lab.stageOpts,
    );
    const { certPem, privateKeyPem } = leaf;
    const image = lab.supply.images.httpbin;
    const name = `${externalNamespace}/${serviceNameOf(host)}`;
    return new ExternalHost(name, { host, image, certPem, privateKeyPem }, lab.meshOpts).service;
  });
  return { caCertPem: authority.certPem, named };
}
