import { X509Certificate } from "node:crypto";

/** What a certificate says, as CertificateCheck asks for it. */
export interface CertificateFacts {
  readonly subject: Readonly<Record<string, string>>;
  readonly issuer: Readonly<Record<string, string>>;
  readonly selfSigned: boolean;
  readonly isCa: boolean;
  readonly dnsNames: readonly string[];
  readonly uris: readonly string[];
  readonly serial: string;
  readonly days: number;
  readonly keyAlgorithm: string;
  /** Of RSA; 0 for others. */
  readonly keyBits: number;
  readonly signatureAlgorithm: string;
  readonly keyUsages: readonly string[];
  readonly extendedKeyUsages: readonly string[];
  readonly extensions: readonly string[];
  readonly criticalExtensions: readonly string[];
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Node prints a name as one `CN=…` a line; values keep their commas. */
function parseName(text: string | undefined): Readonly<Record<string, string>> {
  const lines = (text ?? "").split("\n").filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

/** Node prints `DNS:a, URI:b`, with quotes where a value has a comma or quote of its own. */
function alternativeNames(certificate: X509Certificate, kind: string): readonly string[] {
  return (certificate.subjectAltName ?? "")
    .split(", ")
    .filter((name) => name.startsWith(`${kind}:`))
    .map((name) => name.slice(kind.length + 1));
}

/** The line below an extension's title in `openssl x509 -text`, which lists its values. */
function extension(text: string, title: string): readonly string[] {
  const values = new RegExp(`X509v3 ${title}:[^\\n]*\\n\\s*([^\\n]*)`).exec(text)?.[1];
  return values === undefined ? [] : values.trim().split(", ");
}

/** The titles of the extensions in `openssl x509 -text`, such as `X509v3 Key Usage: critical`. */
function extensionTitles(text: string): readonly { name: string; critical: boolean }[] {
  return [...text.matchAll(/^ +X509v3 (?!extensions:)([^:\n]+):( critical)?[^\n]*$/gm)].map(
    ([, name = "", critical]) => ({ name, critical: critical !== undefined }),
  );
}

/** The certificates in a PEM text, first to last. */
export function pemBlocks(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

const algorithms: Readonly<Record<string, string>> = { rsa: "RSA", ec: "ECDSA" };

/**
 * What the certificate says.
 * @param opensslText what `openssl x509 -noout -text` prints of it: the names of its usages and of its signature
 */
export function certificateFacts(pem: string, opensslText: string): CertificateFacts {
  const certificate = new X509Certificate(pem);
  const { publicKey } = certificate;
  const validity = certificate.validToDate.getTime() - certificate.validFromDate.getTime();
  const algorithm = publicKey.asymmetricKeyType ?? "unknown";
  const titles = extensionTitles(opensslText);
  return {
    subject: parseName(certificate.subject),
    issuer: parseName(certificate.issuer),
    selfSigned: certificate.checkIssued(certificate) && certificate.verify(publicKey),
    isCa: certificate.ca,
    dnsNames: alternativeNames(certificate, "DNS"),
    uris: alternativeNames(certificate, "URI"),
    serial: certificate.serialNumber,
    days: Math.round(validity / dayMilliseconds),
    keyAlgorithm: algorithms[algorithm] ?? algorithm,
    keyBits: publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
    signatureAlgorithm: /Signature Algorithm: (\S+)/.exec(opensslText)?.[1] ?? "unknown",
    keyUsages: extension(opensslText, "Key Usage"),
    extendedKeyUsages: extension(opensslText, "Extended Key Usage"),
    extensions: titles.map(({ name }) => name),
    criticalExtensions: titles.filter(({ critical }) => critical).map(({ name }) => name),
  };
}
