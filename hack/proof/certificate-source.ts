import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { connect } from "node:tls";
import type { CertificateSource } from "../../components/scenarios/checks/certificate.ts";
import { brief } from "./brief-text.ts";
import type { LiveLab } from "./callers.ts";
import { pemBlocks } from "./certificate-facts.ts";

const handshakeMilliseconds = 10_000;

type SecretSource = Extract<CertificateSource, { readonly secret: string }>;
type ServedSource = Extract<CertificateSource, { readonly servedBy: string }>;

/** kubectl's arguments that print one key of a Secret, and nothing else of it, in base64. */
export function secretArguments(source: SecretSource): readonly string[] {
  const { secret, namespace = "default", key = "tls.crt" } = source;
  const template = `go-template={{index .data "${key}"}}`;
  return ["get", "secret", secret, "--namespace", namespace, "-o", template];
}

async function fromSecret(lab: LiveLab, source: SecretSource): Promise<string> {
  const { exitCode, stdout, stderr } = await lab.cluster.kubectl(secretArguments(source));
  if (exitCode !== 0) throw new Error(brief(stderr, 200));
  return Buffer.from(stdout, "base64").toString("utf8");
}

/** The chain a TLS server shows to that SNI, whoever signed it. */
async function fromServer({ servedBy, port, sni }: ServedSource): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const name = isIP(sni) === 0 ? { servername: sni } : {};
  const socket = connect({ host: servedBy, port, rejectUnauthorized: false, ...name });
  socket.setTimeout(handshakeMilliseconds, () =>
    socket.destroy(new Error("no TLS answer in time")),
  );
  socket.on("error", (error: Error) => {
    reject(new Error(`TLS handshake with ${sni}: ${error.message}`));
  });
  socket.once("secureConnect", () => {
    const chain: string[] = [];
    for (let one = socket.getPeerX509Certificate(); one !== undefined; one = one.issuerCertificate)
      chain.push(one.toString());
    resolve(chain.join(""));
  });
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}

/**
 * Reads a certificate, with the chain that comes with it, as PEM.
 * @throws Error when there is none
 */
export async function readCertificate(lab: LiveLab, source: CertificateSource): Promise<string> {
  const pem =
    "pem" in source
      ? source.pem
      : "secret" in source
        ? await fromSecret(lab, source)
        : await fromServer(source);
  const blocks = pemBlocks(pem);
  if (blocks.length === 0) throw new Error("there is no certificate in it");
  new X509Certificate(blocks[0] ?? "");
  return `${blocks.join("\n")}\n`;
}
