import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { keySpec, type CertificateSpec, type KeyAlgorithm } from "./certificate-spec.ts";

/** Who signs a certificate: a root, or an intermediate. */
export interface Signer {
  readonly certPem: pulumi.Input<string>;
  readonly privateKeyPem: pulumi.Input<string>;
}

/** A new key and its certificate. */
export interface SignedCertificate {
  /** The certificate alone, without its signer's. */
  readonly certPem: pulumi.Output<string>;
  /** Its key: secret. */
  readonly privateKeyPem: pulumi.Output<string>;
}

/**
 * Makes a key, asks for a certificate with it and has that signed.
 * @param nameOf name of each of the three resources
 */
export function signedCertificate(
  nameOf: (part: "key" | "request" | "cert") => string,
  spec: CertificateSpec & { readonly dnsNames?: string[] },
  { keyAlgorithm, signer }: { readonly keyAlgorithm: KeyAlgorithm; readonly signer: Signer },
  opts: pulumi.CustomResourceOptions,
): SignedCertificate {
  const { subject, dnsNames, ...validity } = spec;
  const key = new tls.PrivateKey(nameOf("key"), keySpec(keyAlgorithm), opts);
  const request = new tls.CertRequest(
    nameOf("request"),
    { privateKeyPem: key.privateKeyPem, subject, ...(dnsNames ? { dnsNames } : {}) },
    opts,
  );
  const certificate = new tls.LocallySignedCert(
    nameOf("cert"),
    {
      certRequestPem: request.certRequestPem,
      caCertPem: signer.certPem,
      caPrivateKeyPem: signer.privateKeyPem,
      ...validity,
    },
    opts,
  );
  return { certPem: certificate.certPem, privateKeyPem: pulumi.secret(key.privateKeyPem) };
}
