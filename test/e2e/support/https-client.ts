import { request } from "node:https";
import { TLSSocket } from "node:tls";

/** What an HTTPS server answered: another client than the proof's curl looks at the same thing. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Common name of the certificate the server showed. */
  readonly commonName: string;
  readonly serialNumber: string;
}

/**
 * One GET over TLS with Node's own client.
 * @param ca PEM text of the only authority that is trusted
 * @throws the client's error, such as code SELF_SIGNED_CERT_IN_CHAIN or ECONNRESET
 */
export function get(host: string, port: number, path: string, ca: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        path,
        ca,
        servername: host,
        headers: { host },
        agent: false,
        timeout: 10_000,
      },
      (response) => {
        const { socket } = response;
        if (!(socket instanceof TLSSocket)) throw new Error("not a TLS connection");
        const certificate = socket.getPeerCertificate();
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString(),
            commonName: String(certificate.subject.CN),
            serialNumber: certificate.serialNumber,
          });
        });
      },
    );
    sent.on("timeout", () => sent.destroy(new Error("no answer within 10 s")));
    sent.on("error", reject);
    sent.end();
  });
}
