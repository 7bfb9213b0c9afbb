import { CertificateAuthority } from "../../../certs/certificate-authority.ts";
import { LeafCertificate, type LeafCertificateArgs } from "../../../certs/leaf-certificate.ts";
import { IngressCredential } from "../../ingress/ingress-credential.ts";
import type { Lab } from "../scenario.ts";

/** Where Firefly Class is. */
export const place = { country: "US", province: "Colorado", locality: "Boulder" } as const;

/** Domain of the certificates; the leaf is for it and for every name below it. */
export const domain = "fireflyclass.com";

/** Ten years, for the authority and for what it signs. */
export const days = 3650;

/** A server's certificate may also sign for good and encrypt data: what a careful `openssl.cnf` of the time asked for. */
const moreUses = ["content_commitment", "data_encipherment"];

/** The authority, the gateway's credential signed by it, and what vouches that both are there. */
export interface Fireflyclass {
  readonly authority: CertificateAuthority;
  readonly credential: IngressCredential;
}

/**
 * The authority of Firefly Class, and one certificate for all its hosts in the Secret `fireflyclass-credential`.
 * @param mutual whether the gateway is to ask clients for a certificate of the same authority
 */
export function createFireflyclass(lab: Lab, mutual: boolean): Fireflyclass {
  const authority = createAuthority(lab, "fireflyclass-ca", domain);
  const leaf = createLeaf(lab, "fireflyclass", {
    authority,
    host: `*.${domain}`,
    dnsNames: [`*.${domain}`, domain],
    moreUses,
  });
  const credential = new IngressCredential(
    "istio-system/fireflyclass-credential",
    {
      secretName: "fireflyclass-credential",
      namespace: lab.istioNamespace,
      certPem: leaf.certPem,
      privateKeyPem: leaf.privateKeyPem,
      ...(mutual ? { clientCaPem: authority.certPem } : {}),
    },
    lab.clusterOpts,
  );
  return { authority, credential };
}

/**
 * A client's certificate and key as a Secret in namespace `default`, for a student to take.
 * @param name of the Secret, and of the TLS resources behind it
 */
export function createClientPair(lab: Lab, name: string, authority: CertificateAuthority): void {
  const host = `student.${domain}`;
  const leaf = createLeaf(lab, `fireflyclass-${name}`, { authority, host, role: "client" });
  new IngressCredential(
    `default/${name}`,
    {
      secretName: name,
      namespace: "default",
      certPem: leaf.certPem,
      privateKeyPem: leaf.privateKeyPem,
    },
    lab.clusterOpts,
  );
}

/** An authority in the manner of Firefly Class. @param organization its name, and its host `ca.<organization>` */
export function createAuthority(
  lab: Lab,
  name: string,
  organization: string,
): CertificateAuthority {
  const { keyAlgorithm } = lab.config;
  const commonName = `ca.${organization}`;
  return new CertificateAuthority(
    name,
    { commonName, organization, place, days, keyAlgorithm },
    lab.stageOpts,
  );
}

function createLeaf(
  lab: Lab,
  name: string,
  args: Pick<LeafCertificateArgs, "authority" | "dnsNames" | "host" | "moreUses" | "role">,
): LeafCertificate {
  const { keyAlgorithm, certificateEpoch: epoch } = lab.config;
  return new LeafCertificate(
    name,
    { ...args, organization: "FireflyClass", place, days, keyAlgorithm, epoch },
    lab.stageOpts,
  );
}
